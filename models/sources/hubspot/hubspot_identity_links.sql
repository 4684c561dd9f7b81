-- Grain: one row per contact with an e-mail address, and per merge of contacts.
{{ config(enabled=adapter_is_on('hubspot')) }}
with

contacts as (

    select * from {{ ref('assisted_conversions', 'int_hubspot__contacts') }}

),

merged_contacts as (

    select * from {{ ref('assisted_conversions', 'int_hubspot__contact_merges') }}

),

final as (

    select
        'user' as left_type,
        contact_id as left_id,
        'email' as right_type,
        email as right_id,
        created_at as linked_at
    from contacts
    where email is not null
    union all
    select
        'user' as left_type,
        merged_id as left_id,
        'user' as right_type,
        surviving_id as right_id,
        merged_at as linked_at
    from merged_contacts

)

select * from final
