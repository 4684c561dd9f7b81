-- Grain: one row per conversion of which a row of its order or an entry into a CRM stage has
-- changed since the last run; one that is no more as well.
with

conversions as (

    select * from {{ ref('int_person_conversions') }}

),

conversion_changes as (

    select * from {{ changes_of(ref('int_person_conversions')) }}

),

stage_changes as (

    select
        {{ conversion_key('source_system', 'conversion_id') }} as conversion_key,
        order_id
    from {{ changes_of(ref('base_crm_stages')) }}

),

final as (

    select kept_conversion_key as conversion_key from conversion_changes
    union
    select kept_conversion_key as conversion_key from conversions
    where
        conversion_key in (select stage_changes.conversion_key from stage_changes)
        or order_id in (select stage_changes.order_id from stage_changes)

)

select * from final
