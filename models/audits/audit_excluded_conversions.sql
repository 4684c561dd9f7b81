-- Grain: one row per conversion event that does not count.
with

conversions as (

    select * from {{ ref('stg_conversions') }}

),

judged as (

    select * from {{ ref('int_conversions_judged') }}

),

final as (

    select
        conversions.conversion_key,
        conversions.conversion_id,
        conversions.source_system,
        conversions.order_id,
        judged.person_id,
        judged.kept_conversion_key,

        conversions.conversion_type,
        conversions.status,
        judged.exclusion_reason as reason,

        conversions.conversion_value,

        conversions.converted_at
    from conversions
    inner join judged
        on conversions.conversion_key = judged.conversion_key
    where judged.exclusion_reason is not null

)

select * from final
