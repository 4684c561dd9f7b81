{# Whether one field of a house rule lets a value pass. Arguments: value, pattern - SQL
   expressions; a null pattern passes all, another one the values that it matches as a whole,
   without regard to case, and never a null.
   Example: {{ override_matches('traffic.medium', 'rules.medium_pattern') }} #}
{% macro override_matches(value, pattern) -%}
    ({{ pattern }} is null or {{ regexp_full_match(value, "concat('(?i)', " ~ pattern ~ ")") }})
{%- endmacro %}
