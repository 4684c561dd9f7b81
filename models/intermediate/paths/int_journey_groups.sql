-- Grain: one row per conversion group that has non-converting journeys, and conversion type in it.
with

conversion_types as (

    select * from {{ rule('conversion_types') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

final as (

    select
        conversion_groups.conversion_group,
        conversion_groups.conversion_type,
        max(conversion_types.lookback_days) over (
            partition by conversion_groups.conversion_group
        ) as lookback_days
    from conversion_groups
    inner join conversion_types
        on conversion_groups.conversion_type = conversion_types.conversion_type
    where
        conversion_groups.conversion_group in (
            {{ quoted_list(['(all macro)'] + setting('journey_conversion_types')) }}
        )

)

select * from final
