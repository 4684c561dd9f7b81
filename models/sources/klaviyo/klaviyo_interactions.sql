-- Grain: one row per opened mail and per click in one. Sent mails are no touches.
{{ config(enabled=adapter_is_on('klaviyo')) }}
with

events as (

    select * from {{ ref('assisted_conversions', 'base_klaviyo__event') }}

),

metrics as (

    select * from {{ ref('assisted_conversions', 'base_klaviyo__metric') }}

),

persons as (

    select * from {{ ref('assisted_conversions', 'base_klaviyo__person') }}

),

campaigns as (

    select * from {{ ref('assisted_conversions', 'base_klaviyo__campaign') }}

),

flows as (

    select * from {{ ref('assisted_conversions', 'base_klaviyo__flow') }}

),

final as (

    select
        events.id as interaction_id,
        events.person_id as user_id,
        persons.email,
        events.occurred_at as touched_at,
        case metrics.name when 'Opened Email' then 'email_open' else 'email_click' end
            as interaction_type,
        'klaviyo' as utm_source,
        'email' as utm_medium,
        coalesce(campaigns.name, flows.name) as utm_campaign,
        events._fivetran_synced as loaded_at
    from events
    inner join metrics
        on events.metric_id = metrics.id
    left join persons
        on events.person_id = persons.id
    left join campaigns
        on events.campaign_id = campaigns.id
    left join flows
        on events.flow_id = flows.id
    where metrics.name in ('Opened Email', 'Clicked Email')

)

select * from final
