{# Whether an event of GA4 tells where a visit comes from: by its tags, a click on an ad or a page of
   another site. Argument: event, the name of its relation. #}
{% macro ga4_tells_origin(event) -%}
    {%- set location = event ~ '.page_location' -%}
    {%- set referrer = event ~ '.page_referrer' -%}
    {%- set host = "'^[a-z]+://([^/?#]+)'" -%}
    (
        coalesce({{ event }}.source, {{ event }}.medium, {{ event }}.campaign) is not null
        or coalesce({{ event }}.gclid, {{ event }}.dclid) is not null
        or {{ regexp_contains(location, "'[?&](utm_[a-z]+|gclid|gbraid|wbraid|dclid)='") }}
        or {{ regexp_first(location, host, 1) }}
        != {{ regexp_first(referrer, host, 1) }}
    )
{%- endmacro %}
