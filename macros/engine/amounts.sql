{# One amount. Example: cast(cost as {{ amount_type() }}) #}
{% macro amount_type() -%} decimal(18, 4) {%- endmacro %}

{# A sum of amounts, wide enough for any number of them. #}
{% macro amount_sum_type() -%} decimal(28, 4) {%- endmacro %}

{# A number with more decimals than an amount. Example: exact_type(20, 12) #}
{% macro exact_type(digits, decimals) -%}
    {{ return(adapter.dispatch('exact_type', 'assisted_conversions')(digits, decimals)) }}
{%- endmacro %}
{% macro default__exact_type(digits, decimals) -%} decimal({{ digits }}, {{ decimals }}) {%- endmacro %}

{# A double as an amount, half of the last digit rounded away from 0.
   Example: amount_of_double('credit * value', amount_type()) #}
{% macro amount_of_double(expression, type) -%}
    {{ return(adapter.dispatch('amount_of_double', 'assisted_conversions')(expression, type)) }}
{%- endmacro %}
{% macro default__amount_of_double(expression, type) -%} cast({{ expression }} as {{ type }}) {%- endmacro %}

{# A sum of amounts. Example: sum_of_amounts('conversion_value') #}
{% macro sum_of_amounts(expression) -%}
    cast(sum({{ expression }}) as {{ amount_sum_type() }})
{%- endmacro %}
