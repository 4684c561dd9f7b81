-- Grain: one row per profile with an e-mail address.
{{ config(enabled=adapter_is_on('klaviyo')) }}
select
    'user' as left_type,
    id as left_id,
    'email' as right_type,
    email as right_id,
    created as linked_at
from {{ ref('assisted_conversions', 'base_klaviyo__person') }}
where email is not null
