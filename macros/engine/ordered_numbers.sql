{#
    An aggregate: the numbers of a group as a list, in the order of another number. Sorting one
    packed number is far cheaper than ordering by a column of its own.
    Arguments: number, order_by: expressions of whole numbers, from 0 to below 2^30.
    Example: ordered_numbers('name_id', 'touch_position') -> [3, 1, 3]
#}
{% macro ordered_numbers(number, order_by) -%}
    {{ return(adapter.dispatch('ordered_numbers', 'assisted_conversions')(number, order_by)) }}
{%- endmacro %}

{% macro duckdb__ordered_numbers(number, order_by) -%}
    list_transform(
        list_sort(list({{ order_by }} * 1073741824 + {{ number }})),
        lambda packed: packed % 1073741824
    )
{%- endmacro %}

{% macro default__ordered_numbers(number, order_by) -%}
    transform(
        array_sort(collect_list({{ order_by }} * 1073741824 + {{ number }})),
        packed -> packed % 1073741824
    )
{%- endmacro %}
