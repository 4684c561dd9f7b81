{# An id of Salesforce in its form of 18 characters, the last three of which say which letters of the
   others are capitals; one of 15 is the same id without them. Example:
   salesforce_id("'00558000001N0Ke'") -> 00558000001N0KeAAK #}
{% macro salesforce_id(id) -%}
    case
        when length({{ id }}) = 15
            then {{ id }}
            {%- for start in (1, 6, 11) %}
            || substr(
                'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345', 1
                {%- for place in range(5) %}
                {%- set character = 'substr(' ~ id ~ ', ' ~ (start + place) ~ ', 1)' %}
                + case when {{ text_contains("'ABCDEFGHIJKLMNOPQRSTUVWXYZ'", character) }} then {{ 2 ** place }} else 0 end
                {%- endfor %}, 1
            )
            {%- endfor %}
        else {{ id }}
    end
{%- endmacro %}
