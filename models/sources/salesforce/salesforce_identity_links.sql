-- Grain: one row per person with an e-mail address, per lead that became a contact, and per merge.
{{ config(enabled=adapter_is_on('salesforce')) }}
with

persons as (

    select * from {{ ref('assisted_conversions', 'int_salesforce__persons') }}

),

final as (

    select
        'user' as left_type,
        person_id as left_id,
        'email' as right_type,
        email as right_id,
        created_at as linked_at
    from persons
    where email is not null
    union all
    select
        'user' as left_type,
        person_id as left_id,
        'user' as right_type,
        converted_contact_id as right_id,
        cast(converted_date as {{ timestamp_type() }}) as linked_at
    from persons
    where converted_contact_id is not null
    union all
    select
        'user' as left_type,
        person_id as left_id,
        'user' as right_type,
        merged_into_id as right_id,
        updated_at as linked_at
    from persons
    where merged_into_id is not null

)

select * from final
