-- Grain: one row per pair of ids that identify events name together.
{{ config(enabled=adapter_is_on('posthog')) }}
with

identified as (

    select * from {{ ref('assisted_conversions', 'base_posthog__properties') }}
    where event = '$identify'

),

links as (

    select
        'visitor' as left_type,
        coalesce(device_id, anonymous_id) as left_id,
        'user' as right_type,
        distinct_id as right_id,
        occurred_at
    from identified
    where coalesce(device_id, anonymous_id) is not null
    union all
    select
        'user' as left_type,
        distinct_id as left_id,
        'email' as right_type,
        email as right_id,
        occurred_at
    from identified
    where email is not null

),

final as (

    select
        left_type,
        left_id,
        right_type,
        right_id,
        min(occurred_at) as linked_at
    from links
    group by left_type, left_id, right_type, right_id

)

select * from final
