{# An id of Salesforce in its 18-character form. Its last three characters say which of the first 15
   letters are capitals; a 15-character id lacks them, and they are worked out here. Example:
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
