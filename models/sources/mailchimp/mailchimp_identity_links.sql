-- Grain: one row per member and e-mail address.
{{ config(enabled=adapter_is_on('mailchimp')) }}
select
    'user' as left_type,
    id as left_id,
    'email' as right_type,
    email_address as right_id,
    min(timestamp_opt) as linked_at
from {{ ref('assisted_conversions', 'base_mailchimp__member') }}
where email_address is not null
group by id, email_address
