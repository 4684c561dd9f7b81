{#
    The raw row as JSON, every e-mail address in it hashed.
    Arguments: columns, of `raw_declaration`.
    Example: raw_record(raw_declaration('sessions').columns)
#}
{% macro raw_record(columns) -%}
    {%- set pairs = [] -%}
    {%- for column in columns -%}
        {%- do pairs.append([column.name, shown_value(column)]) -%}
    {%- endfor -%}
{{ json_record(pairs) }}
{%- endmacro %}
