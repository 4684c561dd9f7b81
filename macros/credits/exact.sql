{#
    A number of which sums are exact, and so the same whatever the order of the rows: with doubles
    the last digits hang on it, and a figure that is rounded would differ from run to run.
    Example: sum(exact('credit * value'))
#}
{% macro exact(expression) -%}
    cast({{ expression }} as decimal(38, 10))
{%- endmacro %}


{#
    An amount of money from a sum of doubles. Rounding to seven decimals first takes off what hangs
    on the order of the rows, so that a sum of halves of a cent's hundredth ends the same each time.
    Example: money('sum(credit * value)')
#}
{% macro money(expression) -%}
    cast(round({{ expression }}, 7) as decimal(18, 4))
{%- endmacro %}
