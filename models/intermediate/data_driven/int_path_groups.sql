-- Grain: one row per conversion group and kind of journey in it.
-- Converting journeys are kept by conversion type, the others by conversion group: the journey type
-- is either.
{{ config(materialized='view', enabled=setting('data_driven')) }}
with

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

journey_groups as (

    select distinct conversion_group
    from {{ ref('assisted_conversions', 'int_journey_groups') }}

),

final as (

    select
        conversion_groups.conversion_group,
        conversion_groups.conversion_type as journey_type,
        true as is_converting,
        journey_groups.conversion_group is not null as has_journeys
    from conversion_groups
    left join journey_groups
        on conversion_groups.conversion_group = journey_groups.conversion_group
    union all
    select
        conversion_group,
        conversion_group as journey_type,
        false as is_converting,
        true as has_journeys
    from journey_groups

)

select * from final
