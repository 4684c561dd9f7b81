{#
    Texts of a group joined by ` > ` in order, for people to read.
    Example: ordered_text('channel', 'touch_position') -> Paid Social > Email > Direct
#}
{% macro ordered_text(expression, order_by) -%}
    {{ return(adapter.dispatch('ordered_text', 'assisted_conversions')(expression, order_by)) }}
{%- endmacro %}

{% macro duckdb__ordered_text(expression, order_by) -%}
    string_agg({{ expression }}, ' > ' order by {{ order_by }})
{%- endmacro %}

{% macro default__ordered_text(expression, order_by) -%}
    array_join(transform(
        array_sort(collect_list(struct({{ order_by }} as position, {{ expression }} as text))),
        item -> item.text
    ), ' > ')
{%- endmacro %}
