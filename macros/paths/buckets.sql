{# Names of the path length buckets, in order. Example: path_length_buckets()[-1] -> 12+ #}
{% macro path_length_buckets() -%}
    {{ return((range(1, 12) | map('string') | list) + ['12+']) }}
{%- endmacro %}

{# Names of the time lag buckets, in order. Example: days_buckets()[0] -> 0 #}
{% macro days_buckets() -%}
    {{ return((range(0, 12) | map('string') | list) + ['12-30', '31-60', '61-90', '91+']) }}
{%- endmacro %}

{# The bucket of a path length; null for null. Example: path_length_bucket('path_length') #}
{% macro path_length_bucket(length) -%}
    case
        when {{ length }} >= 12 then '12+'
        else cast({{ length }} as {{ dbt.type_string() }})
    end
{%- endmacro %}

{# The bucket of a number of days, by whole days; null for null. #}
{% macro days_bucket(days) -%}
    case
        when {{ days }} >= 91 then '91+'
        when {{ days }} >= 61 then '61-90'
        when {{ days }} >= 31 then '31-60'
        when {{ days }} >= 12 then '12-30'
        else cast(cast(floor({{ days }}) as integer) as {{ dbt.type_string() }})
    end
{%- endmacro %}
