-- Grain: one row per event and conversion type; of an order that was sent twice the first.
{{ config(enabled=adapter_is_on('snowplow')) }}
{%- set types = adapter_setting('snowplow', 'conversions') %}
with

events as (

    select
        event_id,
        domain_userid as visitor_id,
        user_id,
        tr_orderid as order_id,
        {{ mapped_value(
            ["case when event = 'struct' then se_action else event_name end"], types, quote_text(none)
        ) | indent(8) }} as conversion_type,
        coalesce(derived_tstamp, collector_tstamp) as converted_at,
        case when event = 'struct' then se_value else tr_total end as conversion_value,
        tr_currency as currency_code,
        coalesce(load_tstamp, collector_tstamp) as loaded_at
    from {{ first_rows(
        ref('assisted_conversions', 'base_snowplow__events'), 'event_id', 'collector_tstamp'
    ) | indent(4) }} as events

),

-- The package knows values that are in no column of the event.
found_by_package as (

    select
        found.event_id,
        found.user_identifier as visitor_id,
        found.user_id,
        events.order_id,
        {{ mapped_value('found.cv_type', types) | indent(8) }} as conversion_type,
        found.cv_tstamp as converted_at,
        found.cv_value as conversion_value,
        events.currency_code,
        events.loaded_at
    from {{ ref('assisted_conversions', 'base_snowplow__snowplow_unified_conversions') }} as found
    left join events
        on found.event_id = events.event_id

),

conversions as (

    select found_by_package.* from found_by_package
    where conversion_type is not null
    union all
    select events.* from events
    left join found_by_package
        on
            events.event_id = found_by_package.event_id
            and events.conversion_type = found_by_package.conversion_type
    where events.conversion_type is not null and found_by_package.event_id is null

),

ranked as (

    select
        conversions.*,
        row_number() over (
            partition by conversion_type, order_id
            order by converted_at, event_id
        ) as order_rank
    from conversions

),

final as (

    select
        -- One event may be conversions of several types.
        event_id || ':' || conversion_type as conversion_id,
        visitor_id,
        user_id,
        order_id,
        conversion_type,
        converted_at,
        conversion_value as value,
        currency_code,
        loaded_at
    from ranked
    where order_id is null or order_rank = 1

)

select * from final
