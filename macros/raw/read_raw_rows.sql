{#
    The query of a base model: every declared column of one raw table, read as declared, whatever
    of it the raw table really has.
    Arguments: relation, the raw table as `source()` gives it; table, its declared name; junk_ids,
    relation of the junk ids; record_when, the condition on which the raw row is kept as JSON, none
    where the reasons to reject are completed later: then it leaves as `raw_values`.
    Returns a query whose columns are the declared ones (an identity as its key, `visitor:<id>`,
    `user:<id>`, `email:<hash>`, under `<name>_key`), and
        row_key             the declared key's values, for the audits
        raw_record          the raw row as JSON, e-mail addresses hashed, where `record_when`; or
        raw_values          the same of every row as a struct, for `json_text`
        ignored_values      optional values that could not be read, array of (column_name, value),
                            null where there are none
        loaded_on           the day of loading, of tables that are read in part
        reject_reason       why the row cannot be used, null where it can
    Example: read_raw_rows(
        raw_relation('sessions'), 'sessions', rule('junk_ids'), 'reject_reason is not null'
    )
#}
{% macro read_raw_rows(relation, table, junk_ids, record_when) -%}
    {%- if not execute -%}{{ return('select 1') }}{%- endif -%}
    {%- set declaration = raw_declaration(table) -%}
    {%- set columns = declaration.columns -%}
    {%- set found = found_columns(declaration) -%}
    {%- set junk = seed_values(junk_ids, 'junk_id') -%}
    {%- set identities = columns | selectattr('kind', 'in', ['identity', 'email', 'typed_identity']) | list -%}
    {%- set raw_types = {} -%}
    {%- for column in columns -%}
        {%- do raw_types.update({
            column.name: found[column.name].dtype if column.name in found else dbt.type_string()
        }) -%}
    {%- endfor -%}

with

source_rows as (

    select
        {%- for column in columns %}
        {% if column.name in found -%}
            {{ adapter.quote(found[column.name].name) }} as raw_{{ column.name }}
        {%- else -%}
            cast(null as {{ dbt.type_string() }}) as raw_{{ column.name }}
        {%- endif -%}
        {{ ',' if not loop.last or declaration.read_in_part }}
        {%- endfor %}
        {%- if declaration.read_in_part %}
        {{ loaded_on(declaration, found) | indent(8) }} as loaded_on
        {%- endif %}
    {% if found -%}
    from {{ relation }}
    {%- else -%}
    from (select 1 as nothing) as nothing
    where false
    {%- endif %}

),

-- Each text is trimmed or decoded once, here, and not where it is used.
text_rows as (

    select
        *,
        {%- for column in columns %}
        {{ column_text(column, 'raw_' ~ column.name) | indent(8) }} as text_{{ column.name }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from source_rows

),

read_rows as (

    select
        *,
        {%- for column in columns %}
        {% if column in identities -%}
        {{ identity_key(column, junk) | indent(8) }} as {{ identity_key_name(column) }}
        {%- else -%}
        {{ read_column(column, raw_types[column.name]) | indent(8) }} as {{ column.name }}
        {%- endif -%}
        {{ ',' if not loop.last }}
        {%- endfor %}
    from text_rows

),

checked_rows as (

    select
        read_rows.*,
        {{ ignored_value_condition(columns, raw_types) | indent(8) }} as has_ignored_values,
        {{ reject_reasons(columns) | indent(8) }} as reject_reason
    from read_rows

),

final as (

    select
        {%- for column in columns %}
        {{ identity_key_name(column) }},
        {%- endfor %}
        nullif(concat_ws(
            ':'
            {%- for name in declaration.key %},
            {{ shown_value(columns | selectattr('name', 'equalto', name) | first) }}
            {%- endfor %}
        ), '') as row_key,
        {% if record_when is none -%}
        {{ raw_values(columns) | indent(8) }} as raw_values,
        {%- else -%}
        case
            when {{ record_when }} then {{ json_text(raw_values(columns)) | indent(12) }}
        end as raw_record,
        {%- endif %}
        case
            when has_ignored_values then {{ ignored_values(columns, raw_types) | indent(12) }}
        end as ignored_values,
        {%- if declaration.read_in_part %}
        loaded_on,
        {%- endif %}
        reject_reason
    from checked_rows

)

select * from final
{%- endmacro %}
