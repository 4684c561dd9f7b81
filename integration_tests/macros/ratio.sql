{#
    A macro of this project under the name of one of the package's. If a model of the package used
    it, every ratio would be wrong.
#}
{% macro ratio(numerator, denominator) -%}
    -1
{%- endmacro %}
