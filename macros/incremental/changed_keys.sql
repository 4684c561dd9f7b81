{#
    How large tables are kept up to date by dbt's own incremental materialization.

    Two models list keys with a checksum of everything that the rows of a key are made from:
    base_session_days (the day on which raw sessions were loaded) and int_person_fingerprints (the
    person). Where a checksum differs from the one before, `is_changed` is set, and stays set until
    a complete run has ended. Incremental models read the rows of changed keys alone, and the
    strategy `changed_keys` replaces them. A run that died, a selection or a retry only leaves more
    keys marked than necessary.
#}

{#
    A condition for an incremental model: true in a full build, else true for rows of changed keys.
    Arguments: key, `person_id` or `loaded_on`; expression, where the key is not a plain column.
    Example: where {{ is_changed('person_id') }}
#}
{% macro is_changed(key, expression=none) -%}
    {#- Called in full builds too, so that dbt knows what the model depends on. #}
    {%- set changed = changed_keys(key) -%}
    {{- (expression or key) ~ ' in ' ~ changed if builds_in_part() else 'true' -}}
{%- endmacro %}


{#
    The changed keys, as a subquery.
    Example: changed_keys('person_id')
#}
{% macro changed_keys(key) -%}
    {%- if key == 'person_id' -%}
        {%- set list = ref('assisted_conversions', 'int_person_fingerprints') -%}
    {%- else -%}
        {%- set list = ref('assisted_conversions', 'base_session_days') -%}
    {%- endif -%}
    {{ return('(select ' ~ key ~ ' from ' ~ list ~ ' where is_changed)') }}
{%- endmacro %}


{# Whether this model only replaces the rows of changed keys. Unit tests build a model in full. #}
{% macro builds_in_part() -%}
    {{ return(execute and model.resource_type != 'unit_test' and is_incremental()) }}
{%- endmacro %}


{#
    The incremental strategy `changed_keys`: rows of changed keys leave, new ones take their place.
    dbt finds the macro by its name. The model's `unique_key` names the key.
#}
{% macro get_incremental_changed_keys_sql(arg_dict) -%}
    {%- set key = arg_dict['unique_key'] -%}
    {%- set columns = get_quoted_csv(arg_dict['dest_columns'] | map(attribute='name')) -%}
    delete from {{ arg_dict['target_relation'] }}
    where {{ key }} in {{ changed_keys(key) }};

    insert into {{ arg_dict['target_relation'] }} ({{ columns }})
    select {{ columns }}
    from {{ arg_dict['temp_relation'] }}
{%- endmacro %}
