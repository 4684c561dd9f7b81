-- Grain: one row per opportunity with a person; of several the primary contact, else the first one.
{{ config(enabled=adapter_is_on('salesforce')) }}
with

roles as (

    select * from {{ ref('assisted_conversions', 'base_salesforce__opportunity_contact_role') }}

),

persons as (

    select * from {{ ref('assisted_conversions', 'int_salesforce__persons') }}

),

candidates as (

    select
        {{ salesforce_id('opportunity_id') }} as opportunity_id,
        {{ salesforce_id('contact_id') }} as person_id,
        case when is_primary then 1 else 2 end as candidate_order,
        created_date as known_at
    from roles
    where contact_id is not null
    union all
    select
        converted_opportunity_id as opportunity_id,
        coalesce(converted_contact_id, person_id) as person_id,
        3 as candidate_order,
        created_at as known_at
    from persons
    where converted_opportunity_id is not null

),

ranked as (

    select
        opportunity_id,
        person_id,
        row_number() over (
            partition by opportunity_id
            order by
                candidate_order,
                case when known_at is null then 1 else 0 end,
                known_at,
                person_id
        ) as person_rank
    from candidates

),

leads_of_opportunities as (

    select
        converted_opportunity_id as opportunity_id,
        min(created_at) as lead_at
    from persons
    where converted_opportunity_id is not null
    group by converted_opportunity_id

),

leads_of_contacts as (

    select
        converted_contact_id as person_id,
        min(created_at) as lead_at
    from persons
    where converted_contact_id is not null
    group by converted_contact_id

),

final as (

    select
        ranked.opportunity_id,
        ranked.person_id,
        persons.email,
        coalesce(leads_of_opportunities.lead_at, leads_of_contacts.lead_at) as lead_at
    from ranked
    left join persons
        on ranked.person_id = persons.person_id
    left join leads_of_opportunities
        on ranked.opportunity_id = leads_of_opportunities.opportunity_id
    left join leads_of_contacts
        on ranked.person_id = leads_of_contacts.person_id
    where ranked.person_rank = 1

)

select * from final
