{# An aggregate: a group's numbers as a list, in the order of their positions. Sorting packed
   numbers costs DuckDB far less than an ordered aggregate. Arguments: number and position,
   expressions of whole numbers below 2^30.
   Example: list_in_order('name_id', 'touch_position') -> [3, 1, 3] #}
{% macro list_in_order(number, position) -%}
    {{ return(adapter.dispatch('list_in_order', 'assisted_conversions')(number, position)) }}
{%- endmacro %}
{% macro duckdb__list_in_order(number, position) -%}
    list_transform(
        list_sort(list(({{ position }}) * 1073741824 + {{ number }})),
        lambda packed: packed & 1073741823
    )
{%- endmacro %}
{% macro default__list_in_order() -%} {{ not_supported('list_in_order', varargs) }} {%- endmacro %}

{# A list with each of its elements replaced. Arguments: list; expression, of the element
   `number`. Example: each_number('touches', 'mod(number, 32768)') #}
{% macro each_number(list, expression) -%}
    {{ return(adapter.dispatch('each_number', 'assisted_conversions')(list, expression)) }}
{%- endmacro %}
{% macro duckdb__each_number(list, expression) -%}
    list_transform({{ list }}, lambda number: {{ expression }})
{%- endmacro %}
{% macro default__each_number() -%} {{ not_supported('each_number', varargs) }} {%- endmacro %}

{# The distinct numbers of a list, in ascending order: equal sets are equal lists.
   Example: distinct_numbers('states') -> [1, 3] of [3, 1, 3] #}
{% macro distinct_numbers(list) -%}
    {{ return(adapter.dispatch('distinct_numbers', 'assisted_conversions')(list)) }}
{%- endmacro %}
{% macro duckdb__distinct_numbers(list) -%} list_sort(list_distinct({{ list }})) {%- endmacro %}
{% macro default__distinct_numbers() -%}
    {{ not_supported('distinct_numbers', varargs) }}
{%- endmacro %}

{# A list without the numbers that equal the one before.
   Example: without_repeats('states') -> [3, 1, 3] of [3, 3, 1, 3] #}
{% macro without_repeats(list) -%}
    {{ return(adapter.dispatch('without_repeats', 'assisted_conversions')(list)) }}
{%- endmacro %}
{% macro duckdb__without_repeats(list) -%}
    list_filter({{ list }}, lambda number, place: number is distinct from {{ list }}[place - 1])
{%- endmacro %}
{% macro default__without_repeats() -%} {{ not_supported('without_repeats', varargs) }} {%- endmacro %}

{# Columns of a select list that make one row per number of a list and one for its end, without
   the sort that lag() needs: `back_0` is the number, null at the end; `back_1` to `back_n` are
   the numbers before it, 0 before the beginning. DuckDB 2.0 fails with an internal error
   where a query unnests what it has joined with a small table: unnest first, then join.
   Goes with `step_join`, behind the relation of the list. Arguments: list; order, the n.
   Example: step_columns('states', 1) -> (3, 0), (1, 3), (null, 1) of [3, 1] #}
{% macro step_columns(list, order) -%}
    {{ return(adapter.dispatch('step_columns', 'assisted_conversions')(list, order)) }}
{%- endmacro %}
{# Lists that are unnested side by side are padded with nulls to the length of the longest. #}
{% macro duckdb__step_columns(list, order) -%}
    unnest({{ list }}) as back_0
    {%- for back in range(1, order + 1) %},
    unnest(
        list_slice(list_concat({{ [0] * back }}, {{ list }}), 1, len({{ list }}) + 1)
    ) as back_{{ back }}
    {%- endfor %}
{%- endmacro %}
{% macro default__step_columns() -%} {{ not_supported('step_columns', varargs) }} {%- endmacro %}

{# What follows the relation whose list `step_columns` reads, where rows are made there. #}
{% macro step_join(list) -%}
    {{ return(adapter.dispatch('step_join', 'assisted_conversions')(list)) }}
{%- endmacro %}
{% macro default__step_join(list) -%} {%- endmacro %}

{# A list's element as a whole number, where `unnested` has it in another type.
   Example: unnested_number('states') #}
{% macro unnested_number(list) -%}
    {{ return(adapter.dispatch('unnested_number', 'assisted_conversions')(list)) }}
{%- endmacro %}
{% macro default__unnested_number(list) -%} {{ unnested(list) }} {%- endmacro %}
