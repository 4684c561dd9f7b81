-- Grain: one row per conversion event that does not count, with the reason.
with

events as (

    select * from {{ ref('assisted_conversions', 'int_conversion_events') }}

),

conversion_types as (

    select * from {{ rule('conversion_types') }}

),

with_status_reason as (

    select
        events.*,
        conversion_types.dedupe_minutes,
        case
            when events.conversion_key != events.kept_conversion_key then 'merged'
            when events.status = 'cancelled' then 'cancelled'
            {%- if not setting('count_pending') %}
            when events.status = 'pending' then 'pending'
            {%- endif %}
        end as reason
    from events
    inner join conversion_types
        on events.conversion_type = conversion_types.conversion_type

),

repeatable as (

    select * from with_status_reason
    where
        reason is null
        and dedupe_minutes > 0

),

-- A conversion is compared with the previous one, even if that one is a repeat itself.
with_previous as (

    select
        *,
        lag(first_converted_at) over (
            partition by person_id, conversion_type
            order by first_converted_at, conversion_id, source_system
        ) as previous_converted_at
    from repeatable

),

repeats as (

    select conversion_key
    from with_previous
    where
        {{ seconds_between('previous_converted_at', 'first_converted_at') }}
        < dedupe_minutes * 60

),

final as (

    select
        events.conversion_key,
        coalesce(events.reason, 'repeat') as reason
    from with_status_reason as events
    left join repeats
        on events.conversion_key = repeats.conversion_key
    where
        events.reason is not null
        or repeats.conversion_key is not null

)

select * from final
