-- Grain: one row per pair of ids that identify events name together.
{{ config(enabled=adapter_is_on('posthog')) }}
{%- set identified %}
select
    coalesce(device_id, anonymous_id) as anonymous_id,
    distinct_id as user_id,
    email,
    occurred_at
from {{ ref('assisted_conversions', 'base_posthog__properties') }}
where event = '$identify'
{%- endset %}
{{ tracked_identity_links(identified) }}
