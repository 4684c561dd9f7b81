-- Grain: one row per customer with an e-mail address.
{{ config(enabled=adapter_is_on('stripe')) }}
select
    'user' as left_type,
    id as left_id,
    'email' as right_type,
    email as right_id,
    created as linked_at
from {{ ref('assisted_conversions', 'base_stripe__customer') }}
where
    email is not null
    and coalesce(livemode, true)
