{# Why a row without a good value in a column is rejected. Arguments: column, of
   `raw_declaration(...).columns`. Example: reject_reason(column) -> bad_timestamp #}
{% macro reject_reason(column) -%}
    {%- set by_type = {
        'timestamp': 'bad_timestamp', 'date': 'bad_timestamp', 'number': 'bad_number',
        'integer': 'bad_number', 'boolean': 'bad_value', 'text': 'missing_key'
    } -%}
    {{ return(
        column.meta.get('reason')
        or ('no_identity' if column.meta.get('any_of'))
        or ('bad_value' if column.meta.get('allowed'))
        or by_type[column.data_type]
    ) }}
{%- endmacro %}

{# The first reason to reject a row; null where the row is good. Arguments: columns, of
   `raw_declaration`. Example: reject_reasons(raw_declaration('sessions').columns) #}
{% macro reject_reasons(columns) -%}
    {%- set conditions = {} -%}
    {%- set any_of = {} -%}
    {%- for column in columns -%}
        {%- set name = 'read_rows.' ~ identity_key_name(column) -%}
        {%- if column.meta.get('any_of') -%}
            {%- do any_of.setdefault(reject_reason(column), []).append(name) -%}
        {%- elif column.meta.get('required') -%}
            {%- do conditions.setdefault(reject_reason(column), []).append(name ~ ' is null') -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for reason, names in any_of.items() -%}
        {%- do conditions.setdefault(reason, []).append(
            'coalesce(' ~ (names | join(', ')) ~ ') is null'
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
