{#
Purpose: the medium of an interaction that carries neither utm_source nor utm_medium.
Arguments: interaction_type - SQL expression.
Example: {{ interaction_medium('interaction_type') }}
#}
{% macro interaction_medium(interaction_type) -%}
    case {{ interaction_type }}
        when 'email_open' then 'email'
        when 'email_click' then 'email'
        when 'podcast' then 'audio'
        when 'impression' then 'display'
        when 'other' then '(not set)'
        else {{ interaction_type }}
    end
{%- endmacro %}
