-- Grain: one row per conversion event that does not count.
{{ rebuilt_by('conversion_key', keys_of_changes(
    'conversion_key', ['stg_conversions', 'int_conversions_judged']
)) }}
with

conversions as (

    select * from {{ ref('stg_conversions') }}
    where {{ is_of_changed_key('conversion_key') }}

),

judged as (

    select * from {{ ref('int_conversions_judged') }}
    where {{ is_of_changed_key('conversion_key') }}

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
