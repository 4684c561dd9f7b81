-- Grain: one row per distinct_id that is a browser's and never a person's: servers may send it too.
{{ config(enabled=adapter_is_on('posthog'), materialized='table') }}
with

events as (

    select * from {{ ref('assisted_conversions', 'base_posthog__properties') }}

),

named as (

    select
        distinct_id as browser_id,
        case
            when is_identified = 'false' or distinct_id = device_id
                then coalesce(device_id, distinct_id)
        end as device,
        is_identified = 'true' and coalesce(distinct_id != device_id, true) as is_person
    from events
    union all
    select
        anonymous_id as browser_id,
        coalesce(device_id, anonymous_id) as device,
        false as is_person
    from events
    where event = '$identify'
        and anonymous_id is not null

),

final as (

    select
        browser_id,
        min(device) as visitor_id
    from named
    group by browser_id
    having min(device) is not null
        and max(case when is_person then 1 else 0 end) = 0

)

select * from final
