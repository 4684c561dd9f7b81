{# Whom an event of PostHog is of, as expressions on base_posthog__properties as `properties`, joined by
   distinct_id with int_posthog__browsers as `browsers`. The distinct_id is the site's id of a person who
   is identified, and the browser's before. #}

{# The browser: its device id, else the one that the distinct_id is known to be of. #}
{% macro posthog_visitor() -%}
    coalesce(
        properties.device_id,
        browsers.visitor_id,
        case when properties.is_identified = 'false' then properties.distinct_id end
    )
{%- endmacro %}

{# The person who is identified. Servers send no device id: theirs are the site's own, unless a browser
   has told them its id. #}
{% macro posthog_user() -%}
    case
        when properties.is_identified = 'false'
            or properties.distinct_id = properties.device_id
            or browsers.browser_id is not null then null
        else properties.distinct_id
    end
{%- endmacro %}
