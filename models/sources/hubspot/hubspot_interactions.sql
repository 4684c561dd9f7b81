-- Grain: one row per open of a marketing mail and per click in one. Sent mails are no touches.
{{ config(enabled=adapter_is_on('hubspot')) }}
with

events as (

    select * from {{ ref('assisted_conversions', 'base_hubspot__email_event') }}

),

campaigns as (

    select * from {{ ref('assisted_conversions', 'base_hubspot__email_campaign') }}

),

final as (

    select
        events.id as interaction_id,
        events.recipient as email,
        events.created as touched_at,
        case events.type when 'OPEN' then 'email_open' else 'email_click' end as interaction_type,
        'hubspot' as utm_source,
        'email' as utm_medium,
        campaigns.name as utm_campaign,
        coalesce(events.filtered_event, false) as is_bot,
        events._fivetran_synced as loaded_at
    from events
    left join campaigns
        on events.email_campaign_id = campaigns.id
    where events.type in ('OPEN', 'CLICK') and events.obsoleted_by_id is null

)

select * from final
