-- Grain: one row per contact and per lead that is in Salesforce, or was merged into another.
{{ config(enabled=adapter_is_on('salesforce')) }}
{%- set text = dbt.type_string() %}
with

contacts as (

    select * from {{ ref('assisted_conversions', 'base_salesforce__contact') }}

),

leads as (

    select * from {{ ref('assisted_conversions', 'base_salesforce__lead') }}

),

persons as (

    select
        id,
        email,
        created_date as created_at,
        last_modified_date as updated_at,
        false as is_lead,
        cast(null as {{ text }}) as converted_contact_id,
        cast(null as {{ text }}) as converted_opportunity_id,
        cast(null as date) as converted_date,
        master_record_id,
        is_deleted,
        _fivetran_synced as loaded_at
    from contacts
    union all
    select
        id,
        email,
        created_date as created_at,
        last_modified_date as updated_at,
        true as is_lead,
        converted_contact_id,
        converted_opportunity_id,
        converted_date,
        master_record_id,
        is_deleted,
        _fivetran_synced as loaded_at
    from leads

),

final as (

    select
        {{ salesforce_id('id') }} as person_id,
        email,
        created_at,
        updated_at,
        is_lead,
        {{ salesforce_id('converted_contact_id') }} as converted_contact_id,
        {{ salesforce_id('converted_opportunity_id') }} as converted_opportunity_id,
        converted_date,
        {{ salesforce_id('master_record_id') }} as merged_into_id,
        loaded_at
    from persons
    where master_record_id is not null or not coalesce(is_deleted, false)

)

select * from final
