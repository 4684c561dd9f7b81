{# Numbers: the type of those with decimals, their median, and how people read them. #}

{# The type of numbers that are no amounts, of 64 bits. (dbt's `type_float` has 32 on DuckDB.)
   Example: cast(conversions as {{ double_type() }}) #}
{% macro double_type() -%}
    {{ return(adapter.dispatch('double_type', 'assisted_conversions')()) }}
{%- endmacro %}
{% macro default__double_type() -%} {{ return('double') }} {%- endmacro %}

{# An expression as double. Write fractions so: engines differ in what they make of 1.0 / 3, and of
   the type of a CASE between whole numbers and others. Example: as_double('1') #}
{% macro as_double(expression) -%} cast({{ expression }} as {{ double_type() }}) {%- endmacro %}

{# A double rounded to so many decimals, halves away from 0. Example: rounded('bic', 6) #}
{% macro rounded(expression, decimals=0) -%}
    {{ return(adapter.dispatch('rounded', 'assisted_conversions')(expression, decimals)) }}
{%- endmacro %}
{% macro default__rounded(expression, decimals) -%}
    round({{ expression }}{{ ', ' ~ decimals if decimals }})
{%- endmacro %}

{# The median of a group's numbers, an aggregate. Example: median('lag_days') #}
{% macro median(expression) -%}
    {{ return(adapter.dispatch('median', 'assisted_conversions')(expression)) }}
{%- endmacro %}
{% macro default__median(expression) -%} median({{ expression }}) {%- endmacro %}

{# A number with separators of thousands and a fixed number of decimals. It is rounded to 9 decimals
   first: sums that differ in their last bit from run to run then read the same.
   Example: readable_number('1234.56', 1) -> 1,234.6 #}
{% macro readable_number(number, decimals=0) -%}
    {{ return(adapter.dispatch('readable_number', 'assisted_conversions')(number, decimals)) }}
{%- endmacro %}
{% macro duckdb__readable_number(number, decimals) -%}
    format('{:,.{{ decimals }}f}', round(cast({{ number }} as double), 9))
{%- endmacro %}
{% macro default__readable_number() -%} {{ not_supported('readable_number', varargs) }} {%- endmacro %}
