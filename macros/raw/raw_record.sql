{#
    The raw row as a struct of texts, every e-mail address in it hashed.
    Arguments: columns, of `raw_declaration`.
    Example: json_text(raw_values(raw_declaration('sessions').columns))
#}
{% macro raw_values(columns) -%}
    {%- set pairs = [] -%}
    {%- for column in columns -%}
        {%- do pairs.append([column.name, shown_value(column)]) -%}
    {%- endfor -%}
{{ text_struct(pairs) }}
{%- endmacro %}
