-- Grain: one row per conversion group and conversion type in it.
-- The groups that reports show: each type, all macro types, all micro types.
with

conversion_types as (

    select * from {{ rule('conversion_types') }}

),

final as (

    select
        conversion_type as conversion_group,
        conversion_type
    from conversion_types
    union all
    select
        '(all ' || conversion_class || ')' as conversion_group,
        conversion_type
    from conversion_types

)

select * from final
