{#
    The distinct numbers of a list, in ascending order: equal sets are equal lists.
    Example: distinct_numbers('path') -> [1, 3] of [3, 1, 3]
#}
{% macro distinct_numbers(list) -%}
    {{ return(adapter.dispatch('distinct_numbers', 'assisted_conversions')(list)) }}
{%- endmacro %}

{% macro duckdb__distinct_numbers(list) -%}
    list_sort(list_distinct({{ list }}))
{%- endmacro %}

{% macro default__distinct_numbers(list) -%}
    array_sort(array_distinct({{ list }}))
{%- endmacro %}


{#
    One number for the set of a list's numbers, and how many they are. On DuckDB small numbers are
    bits of one, which takes a tenth of the time of making the set.
    Example: set_hash('path'), the same of [3, 1, 3] and [1, 3]; set_size('path') -> 2
#}
{% macro set_hash(list) -%}
    {{ return(adapter.dispatch('set_hash', 'assisted_conversions')(list)) }}
{%- endmacro %}

{% macro duckdb__set_hash(list) -%}
    case
        when {{ are_bits(list) }} then hash({{ set_bits(list) }})
        else hash({{ distinct_numbers(list) }})
    end
{%- endmacro %}

{% macro default__set_hash(list) -%}
    xxhash64({{ distinct_numbers(list) }})
{%- endmacro %}


{% macro set_size(list) -%}
    {{ return(adapter.dispatch('set_size', 'assisted_conversions')(list)) }}
{%- endmacro %}

{% macro duckdb__set_size(list) -%}
    case
        when {{ are_bits(list) }} then bit_count({{ set_bits(list) }})
        else len({{ distinct_numbers(list) }})
    end
{%- endmacro %}

{% macro default__set_size(list) -%}
    size({{ distinct_numbers(list) }})
{%- endmacro %}


{# Whether a list's numbers are bits of one, and that number. Only for DuckDB. #}
{% macro are_bits(list) -%}
    list_max({{ list }}) < 62
{%- endmacro %}

{% macro set_bits(list) -%}
    list_bit_or(list_transform({{ list }}, lambda number: cast(1 as bigint) << number))
{%- endmacro %}
