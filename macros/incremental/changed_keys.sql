{#
    How large tables are kept up to date by dbt's own incremental materialization.

    Two models list keys with a checksum of everything that the rows of a key are made from:
    base_session_parts (the file, or the day, of raw sessions) and int_person_fingerprints (the
    person). Where a checksum differs from the one before, `is_changed` is set, and stays set until
    a complete run has ended. Incremental models read the rows of changed keys alone: a
    pre-hook deletes what they had of these, and dbt appends the rows of now. A run that died, a
    selection or a retry only leaves more keys marked than necessary.
#}

{#
    A condition for an incremental model: true in a full build, else true for rows of changed keys.
    Arguments: key, `person_id` or `raw_part`; expression, where the key is not a plain column; of,
    in an ephemeral model the name of the incremental model that reads it.
    Example: where {{ is_changed('person_id') }}
#}
{% macro is_changed(key, expression=none, of=none) -%}
    {#- Called in full builds too, so that dbt knows what the model depends on. #}
    {%- set changed = changed_keys(key) -%}
    {{- (expression or key) ~ ' in ' ~ changed if builds_in_part(of) else 'true' -}}
{%- endmacro %}


{#
    The changed keys, as a subquery.
    Example: changed_keys('person_id')
#}
{% macro changed_keys(key) -%}
    {%- if key == 'person_id' -%}
        {%- set list = ref('assisted_conversions', 'int_person_fingerprints') -%}
    {%- else -%}
        {%- set list = ref('assisted_conversions', 'base_session_parts') -%}
    {%- endif -%}
    {{ return('(select ' ~ key ~ ' from ' ~ list ~ ' where is_changed)') }}
{%- endmacro %}


{#
    Whether a model only replaces the rows of changed keys. Unit tests build a model in full.
    Arguments: of, the name of another model; none for this one.
#}
{% macro builds_in_part(of=none) -%}
    {%- if not execute or model.resource_type == 'unit_test' -%}
        {{ return(false) }}
    {%- elif is_offline() -%}
        {{ return((of or config.get('materialized') == 'incremental') and not flags.FULL_REFRESH) }}
    {%- elif of is none -%}
        {{ return(is_incremental()) }}
    {%- endif -%}
    {%- set node = graph.nodes['model.assisted_conversions.' ~ of] -%}
    {%- set relation = load_relation(relation_of(node)) -%}
    {%- set is_full_refresh = (
        flags.FULL_REFRESH if node.config.full_refresh is none else node.config.full_refresh
    ) -%}
    {{ return(relation is not none and relation.is_table and not is_full_refresh) }}
{%- endmacro %}


{# The relation that a node of the graph is built as. #}
{% macro relation_of(node) -%}
    {{ return(api.Relation.create(
        database=node.database, schema=node.schema, identifier=node.alias
    )) }}
{%- endmacro %}


{#
    For the pre-hook of an incremental model: rows of changed keys leave, before dbt appends the new
    ones. Where every key is marked, as after a full refresh of the list, rows of keys that the list
    never had leave too.
    Example: pre_hook="{{ assisted_conversions.delete_changed_keys('person_id') }}"
#}
{% macro delete_changed_keys(key) -%}
    {%- if execute and is_incremental() -%}
        {{ delete_rows_of_keys(
            this, key, changed_keys(key),
            changed_keys(key).replace('where is_changed', 'where not is_changed')
        ) }}
    {%- endif -%}
{%- endmacro %}
