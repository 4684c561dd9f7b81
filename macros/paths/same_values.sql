{# A condition: two relations have equal values in these columns; null equals null.
   Example: same_values('roles', 'credits', ['channel', 'campaign']) #}
{% macro same_values(left, right, columns) -%}
{%- for column in columns -%}
{{ is_same(left ~ '.' ~ column, right ~ '.' ~ column) }}
{{- '\nand ' if not loop.last }}
{%- endfor -%}
{%- endmacro %}
