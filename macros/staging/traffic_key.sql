{# The key of what decides the source and channel of a touch, made once in staging; touches with
   one key are classified once. Arguments: expressions, null where the kind of touch has no such
   field. The number of distinct keys must stay small, so the ids of clicks are no part of it.
   Example: traffic_key('utm_source', 'utm_medium', 'utm_campaign', "'utm'") #}
{% macro traffic_key(
    utm_source, utm_medium, utm_campaign, traffic_evidence,
    click_parameter='null', referrer_host='null', is_own_site='false', interaction_type='null'
) -%}
    {{ row_hash([
        utm_source, utm_medium, utm_campaign, traffic_evidence, click_parameter, referrer_host,
        is_own_site, interaction_type
    ]) }}
{%- endmacro %}
