{# A number whose sum is exact, and so the same in any order of the rows: the last digits of a
   sum of doubles depend on it, and a rounded figure would differ from run to run.
   Example: sum(exact('credit * value')) #}
{% macro exact(expression) -%} cast({{ expression }} as {{ exact_type(38, 10) }}) {%- endmacro %}

{# Doubles rounded to an amount. Rounding to seven decimals first removes what depends on the
   order of the rows, so that a sum that ends on half of the last digit is always rounded the
   same way. Arguments: expression; type, `amount_sum_type()` unless it is a single amount.
   Example: money('sum(credit * value)') #}
{% macro money(expression, type=none) -%}
    {{ amount_of_double(rounded(expression, 7), type or amount_sum_type()) }}
{%- endmacro %}
