-- Grain: one row per conversion event that does not count.
with

conversions as (

    select * from {{ ref('int_conversions_judged') }}

),

final as (

    select
        conversion_key,
        conversion_id,
        source_system,
        order_id,
        person_id,
        kept_conversion_key,

        conversion_type,
        status,
        exclusion_reason as reason,

        conversion_value,

        converted_at
    from conversions
    where exclusion_reason is not null

)

select * from final
