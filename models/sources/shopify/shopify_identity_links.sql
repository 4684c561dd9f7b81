-- Grain: one row per customer with an e-mail address.
{{ config(enabled=adapter_is_on('shopify')) }}
{% set time_zone = adapter_setting('shopify', 'time_zone') -%}
select
    'user' as left_type,
    id as left_id,
    'email' as right_type,
    email as right_id,
    {{ from_local_time('created_at', time_zone) | indent(4) }} as linked_at
from {{ ref('assisted_conversions', 'base_shopify__customer') }}
where email is not null
