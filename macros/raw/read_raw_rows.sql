{# The query of a base model: every declared column of one raw table, read as declared, whether the
   raw table has the column or not. Arguments: relation, of `raw_relation` or `raw_rows`; table, its
   declared name; junk_ids, relation of the junk ids; record_when, on which condition the raw row is kept, or
   none where a later model completes the reasons to reject; erasures, relation of the identities to
   erase, where the table has any and no later model looks for them.
   Returns the declared columns (an identity as its key, under `<name>_key`, or where it is to be
   erased, as its `erased_key`), and
     row_key         the declared key's values, for the audits; null with the next three where an
                     identity is erased
     raw_record      the raw row as JSON, e-mail addresses hashed, where `record_when`; without one
     raw_values      the same of every row as a struct, for `json_text`
     ignored_values  optional values that could not be read, an array of (column_name, value) with
                     nulls; null where there are none
     raw_part        the part of tables that are read in part, and raw_loaded_at, the raw column that
                     says the day of loading
     reject_reason   why the row cannot be used, null where it can #}
{% macro read_raw_rows(relation, table, junk_ids, record_when, erasures=none) -%}
    {%- if not execute -%}{{ return('select 1') }}{%- endif -%}
    {%- set declaration = raw_declaration(table) -%}
    {%- set columns = declaration.columns -%}
    {%- set found = found_columns(declaration, relation) -%}
    {%- do check_raw_model(declaration, found.keys() | list) -%}
    {%- set junk = junk_id_list(junk_ids) -%}
    {%- set identities = columns | selectattr('kind', 'in', ['identity', 'email', 'typed_identity']) | list -%}
    {%- set plain = {} -%}
    {%- set raw_types = {} -%}
    {%- set raw_values = [] -%}
    {%- for column in columns -%}
        {%- if column.name in found -%}
            {%- set value = plain_value(adapter.quote(found[column.name].name), found[column.name].dtype) -%}
            {%- if column.data_type == 'text' and may_have_decimals(value.type) -%}
                {%- set value = {
                    'value': text_of_number(value.value), 'type': dbt.type_string() | upper
                } -%}
            {%- endif -%}
            {%- do plain.update({column.name: value}) -%}
        {%- else -%}
            {%- do plain.update({column.name: {
                'value': 'cast(null as ' ~ dbt.type_string() ~ ')', 'type': dbt.type_string() | upper
            }}) -%}
        {%- endif -%}
        {%- do raw_types.update({column.name: plain[column.name].type}) -%}
        {%- do raw_values.append([column.name, shown_value(column)]) -%}
    {%- endfor -%}
    {%- set erasable = [] -%}
    {%- for column in identities if erasures -%}
        {%- do erasable.append(identity_key_name(column)) -%}
    {%- endfor -%}
    {%- set is_kept = 'coalesce(erased_' ~ erasable | join(', erased_') ~ ') is null' if erasable else 'true' -%}
    {%- set shown_keys = [] -%}
    {%- for name in declaration.key -%}
        {%- do shown_keys.append(shown_value(columns | selectattr('name', 'equalto', name) | first)) -%}
    {%- endfor -%}

with

source_rows as (

    select
        {%- for column in columns %}
        {{ plain[column.name].value | indent(8) }} as raw_{{ column.name }}
        {{- ',' if not loop.last or declaration.read_in_part }}
        {%- endfor %}
        {%- if declaration.read_in_part %}
        {{ raw_part(declaration, found) | indent(8) }} as raw_part
        {%- endif %}
    {% if found -%}
    from {{ relation }}
    {%- else -%}
    from (select 1 as nothing) as nothing
    where false
    {%- endif %}

),

-- Each text is trimmed or decoded once, here, and not wherever it is used.
text_rows as (

    select
        *,
        {%- for column in columns %}
        {{ column_text(column, raw_types[column.name]) | indent(8) }} as text_{{ column.name }}{{ ',' if not loop.last }}
        {%- endfor %}
    from source_rows
    {{ end_of_step() }}

),

read_rows as (

    select
        *,
        {%- for column in columns %}
        {{ (identity_key(column, junk) if column in identities
            else read_column(column, raw_types[column.name])) | indent(8) }}
            as {{ identity_key_name(column) }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from text_rows
    {{ end_of_step() }}

),

rows_with_reason as (

    select
        read_rows.*,
        {%- for key in erasable %}
        {{ key }}_erasures.identity_key as erased_{{ key }},
        {%- endfor %}
        {{ reject_reasons(columns) | indent(8) }} as reject_reason
    from read_rows
    {{- join_erasures('read_rows', erasable, erasures) }}
    {{ end_of_step() }}

),

final as (

    select
        {%- for column in columns %}
        {%- set name = identity_key_name(column) %}
        {{ 'coalesce(erased_' ~ name ~ ', ' ~ name ~ ') as ' if name in erasable }}
        {{- name }},
        {%- endfor %}
        case
            when {{ is_kept }} then nullif({{ joined_texts("':'", shown_keys) | indent(12) }}, '')
        end as row_key,
        {% if record_when is none -%}
        case when {{ is_kept }} then {{ json_struct(raw_values) | indent(8) }} end as raw_values,
        {%- else -%}
        case
            when {{ record_when }} and {{ is_kept }}
                then {{ json_text(json_struct(raw_values)) | indent(16) }}
        end as raw_record,
        {%- endif %}
        case
            when {{ is_kept }} then {{ ignored_values(parsed_columns(columns, raw_types)) | indent(12) }}
        end as ignored_values,
        {%- if declaration.read_in_part %}
        raw_{{ declaration.loaded_by[0] }} as raw_loaded_at,
        raw_part,
        {%- endif %}
        reject_reason
    from rows_with_reason
    {%- for column in columns if column.meta.get('bounded') %}
    where {{ is_retained(column.name) }}
    {%- endfor %}

)

select * from final
{%- endmacro %}
