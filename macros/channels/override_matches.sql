{# Whether one field of a house rule lets a value pass. Arguments: value, pattern - SQL
   expressions; a null pattern passes all, another one the values that it matches as a whole,
   without regard to case, and never a null.
   Example: {{ override_matches('traffic.medium', 'rules.medium_pattern') }} #}
{% macro override_matches(value, pattern) -%}
    ({{ pattern }} is null or {{ regexp_full_match(value, "concat('(?i)', " ~ pattern ~ ")") }})
{%- endmacro %}

{# A text as a pattern that matches just this text. Example: literal_pattern("'(not set)'") ->
   [(]not set[)] #}
{% macro literal_pattern(text) -%}
    {%- set pattern = namespace(so_far=text) -%}
    {%- for sign in ['[', '.', '(', ')', '|', '?', '*', '+', '{', '$'] -%}
        {%- set pattern.so_far = "replace(" ~ pattern.so_far ~ ", '" ~ sign ~ "', '[" ~ sign ~ "]')" -%}
    {%- endfor -%}
    {{ pattern.so_far }}
{%- endmacro %}

{# A text as a field of a CSV file. Example: csv_field('touches.source') #}
{% macro csv_field(text) -%}
    case
        when {{ text_contains(text, "','") }} or {{ text_contains(text, "'\"'") }}
            then '"' || replace({{ text }}, '"', '""') || '"'
        else {{ text }}
    end
{%- endmacro %}
