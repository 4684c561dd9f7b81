{# What a setting maps a value to; null for any other value. Arguments: expression, a text; mapping.
   Example: mapped_value('event', {'order_completed': 'purchase'}) #}
{% macro mapped_value(expression, mapping) -%}
    {%- if not mapping -%}
        {{ return(quote_text(none)) }}
    {%- endif -%}
    case
        {%- for value, meaning in mapping.items() %}
        when {{ expression }} = {{ quoted_list([value | string]) }} then {{ quoted_list([meaning]) }}
        {%- endfor %}
    end
{%- endmacro %}
