{# Whom an event of PostHog is of, as expressions on base_posthog__properties. The distinct_id is the
   site's id of a person who is identified, and the browser's before. #}

{# The browser: its device id, else the distinct_id of an event that is of nobody known. #}
{% macro posthog_visitor() -%}
    coalesce(device_id, case when is_identified = 'false' then distinct_id end)
{%- endmacro %}

{# The person who is identified. Servers send no device id: theirs are the site's own. #}
{% macro posthog_user() -%}
    case
        when is_identified = 'false' or distinct_id = device_id then null
        else distinct_id
    end
{%- endmacro %}
