-- Grain: one row per opened mail and per click in one; bounces are none. The tables have no key:
-- two rows of one key were the same member, mail, second, link and IP address.
{{ config(enabled=adapter_is_on('mailchimp'), materialized='table') }}
{%- set key = [] -%}
{%- for column in ['action', 'mail_id', 'member_id', 'timestamp', 'url', 'ip'] -%}
    {%- set as_text = 'cast(activities.' ~ column ~ ' as ' ~ dbt.type_string() ~ ')' -%}
    {%- do key.append('coalesce(' ~ as_text ~ ", '')") -%}
{%- endfor %}
with

campaign_activities as (

    select * from {{ ref('assisted_conversions', 'base_mailchimp__campaign_recipient_activity') }}

),

automation_activities as (

    select * from {{ ref('assisted_conversions', 'base_mailchimp__automation_recipient_activity') }}

),

members as (

    select * from {{ ref('assisted_conversions', 'base_mailchimp__member') }}

),

campaigns as (

    select * from {{ ref('assisted_conversions', 'base_mailchimp__campaign') }}

),

automation_emails as (

    select * from {{ ref('assisted_conversions', 'base_mailchimp__automation_email') }}

),

addresses as (

    select
        id,
        min(email_address) as email_address
    from members
    group by id

),

activities as (

    select
        campaign_activities.campaign_id as mail_id,
        campaign_activities.member_id,
        campaign_activities.action,
        campaign_activities.timestamp,
        campaign_activities.url,
        campaign_activities.ip,
        coalesce(campaigns.google_analytics, campaigns.title) as campaign_name,
        campaign_activities._fivetran_synced
    from campaign_activities
    left join campaigns
        on campaign_activities.campaign_id = campaigns.id
    union all
    select
        automation_activities.automation_email_id as mail_id,
        automation_activities.member_id,
        automation_activities.action,
        automation_activities.timestamp,
        automation_activities.url,
        automation_activities.ip,
        coalesce(automation_emails.google_analytics, automation_emails.title) as campaign_name,
        automation_activities._fivetran_synced
    from automation_activities
    left join automation_emails
        on automation_activities.automation_email_id = automation_emails.id

),

final as (

    select
        {{ salted_hash(key | join(" || '|' || ")) }} as interaction_id,
        -- A member id is a hash of the address without a salt.
        case when addresses.email_address is null then activities.member_id end as user_id,
        addresses.email_address as email,
        activities.timestamp as touched_at,
        case activities.action when 'open' then 'email_open' else 'email_click' end
            as interaction_type,
        'mailchimp' as utm_source,
        'email' as utm_medium,
        activities.campaign_name as utm_campaign,
        activities._fivetran_synced as loaded_at
    from activities
    left join addresses
        on activities.member_id = addresses.id
    where activities.action in ('open', 'click')

)

select * from final
