{#
    A number of which sums are exact, and so the same whatever the order of the rows: with doubles
    the last digits hang on it, and a figure that is rounded would differ from run to run.
    Example: sum(exact('credit * value'))
#}
{% macro exact(expression) -%}
    cast({{ expression }} as decimal(38, 10))
{%- endmacro %}
