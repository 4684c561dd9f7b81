-- Grain: one row per deal with a contact; of several contacts the one that HubSpot knew first.
{{ config(enabled=adapter_is_on('hubspot')) }}
with

deal_contacts as (

    select * from {{ ref('assisted_conversions', 'base_hubspot__deal_contact') }}

),

contacts as (

    select * from {{ ref('assisted_conversions', 'int_hubspot__contacts') }}

),

ranked as (

    select
        deal_contacts.deal_id,
        deal_contacts.contact_id,
        contacts.email,
        contacts.lead_at,
        row_number() over (
            partition by deal_contacts.deal_id
            order by
                case when contacts.created_at is null then 1 else 0 end,
                contacts.created_at,
                length(deal_contacts.contact_id),
                deal_contacts.contact_id
        ) as contact_rank
    from deal_contacts
    left join contacts
        on deal_contacts.contact_id = contacts.contact_id

),

final as (

    select
        deal_id,
        contact_id,
        email,
        lead_at
    from ranked
    where contact_rank = 1

)

select * from final
