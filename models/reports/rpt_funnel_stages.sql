-- Grain: one row per conversion group, funnel stage and journey phase, with (total) rows of each.
-- A conversion counts once in each cell that it has an assisting touch in, so cells do not add up;
-- the totals count it once.
with

touches as (

    select * from {{ ref('fct_conversion_touches') }}

),

conversions as (

    select * from {{ ref('fct_conversions') }}

),

conversion_groups as (

    select * from {{ ref('int_conversion_groups') }}

),

cells as (

    select
        conversion_key,
        funnel_stage,
        journey_phase,
        bool_or(is_assist) as is_assist,
        count(*) as touches
    from touches
    group by
        conversion_key,
        funnel_stage,
        journey_phase

),

cells_and_totals as (

    select * from cells
    {%- for stage, phase in [
        ('funnel_stage', "'(total)'"), ("'(total)'", 'journey_phase'), ("'(total)'", "'(total)'")
    ] %}
    union all
    select
        conversion_key,
        {{ stage }} as funnel_stage,
        {{ phase }} as journey_phase,
        bool_or(is_assist) as is_assist,
        sum(touches) as touches
    from cells
    group by {{ ['conversion_key', stage, phase] | reject('eq', "'(total)'") | join(', ') }}
    {%- endfor %}

),

final as (

    select
        conversion_groups.conversion_group,
        cells_and_totals.funnel_stage,
        cells_and_totals.journey_phase,

        count(case when cells_and_totals.is_assist then 1 end) as assisted_conversions,
        cast(
            sum(case when cells_and_totals.is_assist then conversions.conversion_value else 0 end)
            as decimal(18, 4)
        ) as assisted_value,
        cast(sum(cells_and_totals.touches) as bigint) as touches
    from cells_and_totals
    inner join conversions
        on cells_and_totals.conversion_key = conversions.conversion_key
    inner join conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type
    group by
        conversion_groups.conversion_group,
        cells_and_totals.funnel_stage,
        cells_and_totals.journey_phase

)

select * from final
