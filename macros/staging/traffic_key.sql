{# The key of what decides the source and channel of a touch, made once in staging; touches with
   one key are classified once. `has_utm` says whether the tags decide. Arguments: expressions,
   null where the kind of touch has no such field. The list is hashed as text, since an empty one
   and none have the same hash. #}
{% macro traffic_key(
    utm_source, utm_medium, utm_campaign, has_utm,
    click_parameters='null', referrer_host='null', interaction_type='null'
) -%}
    {{ row_hash([
        utm_source, utm_medium, utm_campaign, has_utm,
        'cast(' ~ click_parameters ~ ' as ' ~ dbt.type_string() ~ ')', referrer_host,
        interaction_type
    ]) }}
{%- endmacro %}
