{# One amount. Example: cast(cost as {{ amount_type() }}) #}
{% macro amount_type() -%} decimal(18, 4) {%- endmacro %}

{# A sum of amounts, wide enough for any number of them. #}
{% macro amount_sum_type() -%} decimal(28, 4) {%- endmacro %}

{# A sum of amounts. Example: sum_of_amounts('conversion_value') #}
{% macro sum_of_amounts(expression) -%}
    cast(sum({{ expression }}) as {{ amount_sum_type() }})
{%- endmacro %}
