-- Grain: one row per contact that is in HubSpot, or was merged into another.
{{ config(enabled=adapter_is_on('hubspot')) }}
{%- set lead_stage = adapter_setting('hubspot', 'lead_stage') %}
with

contacts as (

    select * from {{ ref('assisted_conversions', 'base_hubspot__contact') }}

),

merged as (

    select distinct merged_id
    from {{ ref('assisted_conversions', 'int_hubspot__contact_merges') }}

),

final as (

    select
        contacts.id as contact_id,
        contacts.property_email as email,
        contacts.property_createdate as created_at,
        contacts.property_hs_lifecyclestage_{{ lead_stage }}_date as lead_at,
        contacts.property_lastmodifieddate as updated_at,
        contacts._fivetran_synced as loaded_at,
        merged.merged_id is not null as is_merged
    from contacts
    left join merged
        on contacts.id = merged.merged_id
    where merged.merged_id is not null or not coalesce(contacts._fivetran_deleted, false)

)

select * from final
