{#
    How large tables are kept up to date by dbt's own incremental materialization.

    Two models list keys with a checksum of everything that the rows of a key are made from:
    base_session_parts (the file, or the day, of raw sessions) and int_person_fingerprints (the
    person). Where a checksum differs from the one before, `is_changed` is set, and stays set until
    a complete run has ended. Incremental models read the rows of changed keys alone, and the
    strategy `changed_keys` replaces them. A run that died, a selection or a retry only leaves more
    keys marked than necessary.
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


{# The relation of a model of this project, for one that cannot or need not `ref` it. #}
{% macro stored_model(name) -%}
    {{ return(relation_of(graph.nodes['model.assisted_conversions.' ~ name])) }}
{%- endmacro %}


{#
    The incremental strategy `changed_keys`: rows of changed keys leave, new ones take their place.
    dbt finds the macro by its name. Of the two keys, a table has the column of its own.
#}
{% macro get_incremental_changed_keys_sql(arg_dict) -%}
    {%- set names = arg_dict['dest_columns'] | map(attribute='name') | list -%}
    {%- set columns = get_quoted_csv(names) -%}
    {{ delete_rows(arg_dict['target_relation'], 'raw_part' if 'raw_part' in names else 'person_id') }};

    insert into {{ arg_dict['target_relation'] }} ({{ columns }})
    select {{ columns }}
    from {{ arg_dict['temp_relation'] }}
{%- endmacro %}


{#
    For the pre-hook of a model with that strategy: where an adapter takes no strategies of a
    project's own, the rows of changed keys leave here, before dbt appends the new ones.
    Example: pre_hook="{{ assisted_conversions.delete_changed_keys('person_id') }}"
#}
{% macro delete_changed_keys(key) -%}
    {%- if execute and changed_keys_strategy() != 'changed_keys' and is_incremental() -%}
        {{ delete_rows(this, key) }}
    {%- endif -%}
{%- endmacro %}


{#
    Deletes the rows of changed keys. Where every key is marked, as after a full refresh of the list,
    rows of keys that the list never had leave too.
#}
{% macro delete_rows(table, key) -%}
    {{ delete_rows_of_keys(
        table, key, changed_keys(key),
        changed_keys(key).replace('where is_changed', 'where not is_changed')
    ) }}
{%- endmacro %}
