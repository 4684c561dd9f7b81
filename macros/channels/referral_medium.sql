{#
Purpose: the medium of a visit that only its referrer tells of.
Arguments: source_category - SQL expression, the category of the referring source or null.
Example: {{ referral_medium('source_category') }}
#}
{% macro referral_medium(source_category) -%}
    case {{ source_category }}
        when 'search' then 'organic'
        when 'social' then 'social'
        when 'video' then 'video'
        when 'shopping' then 'shopping'
        when 'ai' then 'ai-assistant'
        else 'referral'
    end
{%- endmacro %}
