{#
    The query of a base model: every declared column of one raw table, read as declared, whatever
    of it the raw table really has.
    Arguments: relation, the raw table as `source()` gives it; table, its declared name; junk_ids,
    relation of the junk ids; erased_keys, relation of the erased identity keys, none where the
    table's rows leave with no erasure.
    Returns a query whose columns are the declared ones (an identity as its key, `visitor:<id>`,
    `user:<id>`, `email:<hash>`, under `<name>_key`), and
        row_key             the declared key's values, for the audits
        raw_record          the raw row as JSON, e-mail addresses hashed
        has_ignored_values  whether an optional value could not be read
        ignored_values      those values, array of (column_name, value)
        is_erased           whether the row carries an erased identity
        reject_reason       why the row cannot be used, null where it can
    Example: read_raw_rows(
        source('raw', 'sessions'), 'sessions', ref('junk_ids'), ref('stg_erasure_requests')
    )
#}
{% macro read_raw_rows(relation, table, junk_ids, erased_keys) -%}
    {%- if not execute -%}{{ return('select 1') }}{%- endif -%}
    {%- set declaration = raw_declaration(table) -%}
    {%- set columns = declaration.columns -%}
    {%- set found = found_columns(declaration) -%}
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
            {{ adapter.quote(found[column.name].name) }} as {{ column.name }}
        {%- else -%}
            cast(null as {{ dbt.type_string() }}) as {{ column.name }}
        {%- endif -%}
        {{ ',' if not loop.last }}
        {%- endfor %}
    {% if found -%}
    from {{ relation }}
    {%- else -%}
    from (select 1 as nothing) as nothing
    where false
    {%- endif %}

),

read_rows as (

    select
        {%- for column in columns if column not in identities %}
        {{ read_column(
            column, 'source_rows.' ~ column.name, raw_types[column.name]
        ) }} as {{ column.name }},
        {%- endfor %}
        {%- for column in identities %}
        {{ identity_key(column, 'source_rows', 'junk_' ~ column.name) }}
            as {{ identity_key_name(column) }},
        {%- endfor %}
        nullif(concat_ws(
            ':'
            {%- for name in declaration.key -%}
            , {{ shown_value(
                columns | selectattr('name', 'equalto', name) | first, 'source_rows'
            ) }}
            {%- endfor -%}
        ), '') as row_key,
        {{ ignored_values(columns, raw_types, 'source_rows') | indent(8) }},
        {{ raw_record(columns, 'source_rows') | indent(8) }} as raw_record
    from source_rows
    {%- for column in identities %}
    left join {{ junk_ids }} as junk_{{ column.name }}
        on lower({{ trimmed_text('source_rows.' ~ column.name) }})
        = junk_{{ column.name }}.junk_id
    {%- endfor %}

),

final as (

    select
        read_rows.*,
        {%- if erased_keys is none %}
        false as is_erased,
        {%- else %}
        {% for column in identities -%}
            erased_{{ column.name }}.identity_key is not null
            {%- if not loop.last %} or {% endif -%}
        {%- endfor %} as is_erased,
        {%- endif %}
        {{ reject_reasons(columns) | indent(8) }} as reject_reason
    from read_rows
    {%- if erased_keys is not none %}
    {%- for column in identities %}
    left join {{ erased_keys }} as erased_{{ column.name }}
        on read_rows.{{ identity_key_name(column) }}
        = erased_{{ column.name }}.identity_key
    {%- endfor %}
    {%- endif %}

)

select * from final
{%- endmacro %}


{#
    The case expression that gives a row's first reason to be rejected, in the order of
    `reject_reason_order`; null where the row is good.
    Arguments: columns, of `raw_declaration`.
    Example: reject_reasons(raw_declaration('sessions').columns)
#}
{% macro reject_reasons(columns) -%}
    {%- set conditions = {} -%}
    {%- set any_of = {} -%}
    {%- for column in columns -%}
        {%- set name = identity_key_name(column) -%}
        {%- if column.meta.get('any_of') -%}
            {%- do any_of.setdefault(reject_reason(column), []).append(name) -%}
        {%- elif column.meta.get('required') -%}
            {%- do conditions.setdefault(reject_reason(column), []).append(
                'read_rows.' ~ name ~ ' is null'
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for reason, names in any_of.items() -%}
        {%- do conditions.setdefault(reason, []).append(
            'coalesce(read_rows.' ~ (names | join(', read_rows.')) ~ ') is null'
        ) -%}
    {%- endfor -%}
case
    {%- for reason in [
        'missing_key', 'no_identity', 'bad_timestamp', 'bad_number', 'bad_value',
        'unknown_conversion_type'
    ] if reason in conditions %}
    when {{ conditions[reason] | join(' or ') }} then '{{ reason }}'
    {%- endfor %}
end
{%- endmacro %}


{#
    Two columns: whether any optional value of the row could not be read, and which.
    Arguments: columns, of `raw_declaration`; raw_types, mapping of column to its raw type;
    rows, alias of the raw rows.
    Example: ignored_values(columns, {'ended_at': 'VARCHAR'}, 'source_rows')
#}
{% macro ignored_values(columns, raw_types, rows) -%}
    {%- set checks = [] -%}
    {%- for column in columns
        if not column.meta.get('required') and may_be_unparsable(column, raw_types[column.name]) -%}
        {%- set raw = rows ~ '.' ~ column.name -%}
        {%- do checks.append({'name': column.name, 'raw': raw, 'condition':
            trimmed_text(raw) ~ ' is not null and '
            ~ read_column(column, raw, raw_types[column.name]) ~ ' is null'
        }) -%}
    {%- endfor -%}
{{ checks | map(attribute='condition') | join(' or ') or 'false' }} as has_ignored_values,
{{ array_of_structs(checks) }} as ignored_values
{%- endmacro %}


{#
    The raw row as JSON, every e-mail address in it hashed.
    Arguments: columns, of `raw_declaration`; rows, alias of the raw rows.
    Example: raw_record(raw_declaration('sessions').columns, 'source_rows')
#}
{% macro raw_record(columns, rows) -%}
    {%- set pairs = [] -%}
    {%- for column in columns -%}
        {%- do pairs.append([column.name, shown_value(column, rows)]) -%}
    {%- endfor -%}
{{ json_record(pairs) }}
{%- endmacro %}
