-- Grain: one row per opened mail and per click in a mail or a text message. Sent ones are none.
{{ config(enabled=adapter_is_on('klaviyo')) }}
{%- set opens = adapter_setting('klaviyo', 'opens') or [''] -%}
{%- set sms_clicks = adapter_setting('klaviyo', 'sms_clicks') or [''] -%}
{%- set clicks = adapter_setting('klaviyo', 'clicks') + sms_clicks %}
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

with_names as (

    select
        events.id,
        events.person_id,
        persons.email,
        events.occurred_at,
        events.is_privacy_open,
        coalesce(metrics.name, events.type) as metric_name,
        coalesce(campaigns.name, flows.name) as campaign_name,
        events._fivetran_synced
    from events
    left join metrics
        on events.metric_id = metrics.id
    left join persons
        on events.person_id = persons.id
    left join campaigns
        on events.campaign_id = campaigns.id
    left join flows
        on events.flow_id = flows.id

),

final as (

    select
        id as interaction_id,
        person_id as user_id,
        email,
        occurred_at as touched_at,
        case
            when metric_name in ({{ quoted_list(opens) }}) then 'email_open'
            else 'email_click'
        end as interaction_type,
        'klaviyo' as utm_source,
        case
            when metric_name in ({{ quoted_list(sms_clicks) }}) then 'sms'
            else 'email'
        end as utm_medium,
        campaign_name as utm_campaign,
        is_privacy_open as is_bot,
        _fivetran_synced as loaded_at
    from with_names
    where metric_name in ({{ quoted_list(opens + clicks) }})

)

select * from final
