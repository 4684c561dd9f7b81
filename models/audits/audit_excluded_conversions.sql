-- Grain: one row per conversion event that does not count.
with

excluded_conversions as (

    select * from {{ ref('assisted_conversions', 'int_excluded_conversions') }}

),

events as (

    select * from {{ ref('assisted_conversions', 'int_conversion_events') }}

),

final as (

    select
        events.conversion_key,
        events.conversion_id,
        events.source_system,
        events.order_id,
        events.person_id,
        events.kept_conversion_key,

        events.conversion_type,
        events.status,
        excluded_conversions.reason,

        events.conversion_value,

        events.converted_at
    from events
    inner join excluded_conversions
        on events.conversion_key = excluded_conversions.conversion_key

)

select * from final
