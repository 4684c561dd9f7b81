{# Credited values of a day that add up to the day's total, whatever the model. What a row is
   credited with has more decimals than an amount keeps; rounding each row alone would lose or
   add a ten-thousandth here and there. So each row keeps its whole ten-thousandths, and what is
   left of all rows up to it is rounded in turn. Both parts are whole numbers: their sums are the
   same in whatever order the rows come, and cheaper than sums of wide decimals. #}

{# The whole ten-thousandths in a value.
   Example: sum(whole_parts('credit_linear * conversion_value')) #}
{% macro whole_parts(value) -%} cast(floor({{ value }} * 10000) as bigint) {%- endmacro %}

{# What is left of a value beside its whole ten-thousandths, in millionths of one: whole numbers,
   too small for their sums to be inexact. #}
{% macro rest_of_parts(value) -%}
    round(({{ value }} * 10000 - floor({{ value }} * 10000)) * 1000000)
{%- endmacro %}

{# A row's value as an amount. Arguments: whole, rest: the row's sums of the two macros above;
   rest_so_far, the sum of `rest` over the day's rows up to this one. #}
{% macro value_in_turn(whole, rest, rest_so_far) -%}
    cast(0.0001 * ({{ whole }} + cast(
        round({{ rest_so_far }} / 1e6) - round(({{ rest_so_far }} - {{ rest }}) / 1e6) as bigint
    )) as {{ amount_sum_type() }})
{%- endmacro %}
