-- Grain: one row per conversion group, funnel stage and journey phase.
-- A conversion counts once in each cell that it has an assisting touch in, so cells do not add up.
with

touches as (

    select * from {{ ref('assisted_conversions', 'fct_conversion_touches') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

cells as (

    select
        conversion_key,
        funnel_stage,
        journey_phase,
        {{ dbt.bool_or('is_assist') }} as is_assist,
        count(*) as touches
    from touches
    group by
        conversion_key,
        funnel_stage,
        journey_phase

),

final as (

    select
        conversion_groups.conversion_group,
        cells.funnel_stage,
        cells.journey_phase,

        count(case when cells.is_assist then 1 end) as assisted_conversions,
        {{ sum_of_amounts(
            'case when cells.is_assist then conversions.conversion_value else 0 end'
        ) }} as assisted_value,
        cast(sum(cells.touches) as bigint) as touches
    from cells
    inner join conversions
        on cells.conversion_key = conversions.conversion_key
    inner join conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type
    group by
        conversion_groups.conversion_group,
        cells.funnel_stage,
        cells.journey_phase

)

select * from final
