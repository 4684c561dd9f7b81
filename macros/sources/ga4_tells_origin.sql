{# Whether an event of GA4 tells where a visit comes from: by its tags, a click on an ad or a page of
   another site. Argument: event, a struct with its evidence. #}
{% macro ga4_tells_origin(event) -%}
    {%- set location = struct_field(event, 'page_location') -%}
    {%- set host = "'^[a-z]+://([^/?#]+)'" -%}
    (
        {%- for field in ['source', 'medium', 'campaign', 'gclid', 'dclid'] %}
        {{ struct_field(event, field) }} is not null or
        {%- endfor %}
        {{ regexp_contains(location, "'[?&](utm_[a-z]+|gclid|gbraid|wbraid|dclid)='") }}
        or {{ regexp_first(location, host, 1) }}
        != {{ regexp_first(struct_field(event, 'page_referrer'), host, 1) }}
    )
{%- endmacro %}
