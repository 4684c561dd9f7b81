-- Grain: one row per person that reacted to a campaign. Who was only sent something made no touch.
{{ config(enabled=adapter_is_on('salesforce')) }}
{%- set types = adapter_setting('salesforce', 'campaign_types') %}
with

members as (

    select * from {{ ref('assisted_conversions', 'base_salesforce__campaign_member') }}

),

campaigns as (

    select * from {{ ref('assisted_conversions', 'base_salesforce__campaign') }}

),

named_campaigns as (

    select
        {{ salesforce_id('id') }} as campaign_id,
        name,
        {{ mapped_value('type', types, "'other'") }} as interaction_type
    from campaigns

),

named_members as (

    select
        {{ salesforce_id('id') }} as interaction_id,
        {{ salesforce_id('campaign_id') }} as campaign_id,
        {{ salesforce_id('coalesce(contact_id, lead_id)') }} as user_id,
        created_date,
        cast(first_responded_date as {{ timestamp_type() }}) as responded_on,
        {{ reporting_date('created_date') }} = first_responded_date as responded_when_added,
        _fivetran_synced
    from members
    where has_responded

),

final as (

    select
        named_members.interaction_id,
        named_members.user_id,
        -- The day of a reaction has no hour, unless it is the day on which the person was added.
        case
            when named_members.responded_when_added or named_members.responded_on is null
                then named_members.created_date
            else {{ from_reporting_time('named_members.responded_on') }}
        end as touched_at,
        coalesce(named_campaigns.interaction_type, 'other') as interaction_type,
        'salesforce' as utm_source,
        named_campaigns.name as utm_campaign,
        named_members._fivetran_synced as loaded_at
    from named_members
    left join named_campaigns
        on named_members.campaign_id = named_campaigns.campaign_id

)

select * from final
