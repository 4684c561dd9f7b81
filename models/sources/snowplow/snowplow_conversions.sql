-- Grain: one row per event and conversion type; of an order that one buyer sent twice the first.
{{ config(enabled=adapter_is_on('snowplow')) }}
{%- set types = adapter_setting('snowplow', 'conversions') %}
{%- set event_name -%}
    case when events.event = 'struct' then events.se_action else events.event_name end
{%- endset %}
{%- set app_ids = adapter_setting('snowplow', 'app_ids') %}
with

junk_ids as (

    select * from {{ rule('junk_ids') }}

),

events as (

    select
        events.event_id,
        events.domain_userid as visitor_id,
        events.user_id,
        {{ filled_in_id('events.tr_orderid') | indent(8) }} as order_id,
        {{ mapped_value([event_name], types, quote_text(none)) | indent(8) }} as conversion_type,
        coalesce(events.derived_tstamp, events.collector_tstamp) as converted_at,
        case when events.event = 'struct' then events.se_value else events.tr_total end
            as conversion_value,
        events.tr_currency as currency_code,
        coalesce(events.load_tstamp, events.collector_tstamp) as loaded_at
    from {{ first_rows(
        ref('assisted_conversions', 'base_snowplow__events'), 'event_id', 'collector_tstamp'
    ) | indent(4) }} as events
    left join junk_ids
        on lower(events.tr_orderid) = junk_ids.junk_id
    {%- if app_ids %}
    where events.app_id in ({{ quoted_list(app_ids) }})
    {%- endif %}

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
    {{ 'inner' if app_ids else 'left' }} join events
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

with_keys as (

    select
        *,
        coalesce(order_id, event_id) as order_key,
        case when conversion_value is null then 1 else 0 end as lacks_value
    from conversions

),

ranked as (

    select
        *,
        {{ order_ranks(
            ['visitor_id', 'user_id'],
            ['converted_at', 'event_id'],
            ['conversion_value', 'currency_code']
        ) | indent(8) }}
    from with_keys

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
        first_conversion_value as value,
        first_currency_code as currency_code,
        loaded_at
    from ranked
    where order_id is null or order_rank = 1

)

select * from final
