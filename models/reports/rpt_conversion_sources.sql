-- Grain: one row per micro conversion type and macro conversion type.
-- How many macro conversions the person had made such a micro conversion before, at any distance,
-- and how long before: counted from the latest one that is strictly earlier.
with

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}

),

micro_conversions as (

    select * from conversions where conversion_class = 'micro'

),

macro_conversions as (

    select * from conversions where conversion_class = 'macro'

),

macro_totals as (

    select
        conversion_type as macro_type,
        count(*) as macro_conversions
    from macro_conversions
    group by conversion_type

),

micro_types as (

    select distinct conversion_type as micro_type from micro_conversions

),

preceded as (

    select
        macro_conversions.conversion_key,
        macro_conversions.person_id,
        macro_conversions.conversion_type as macro_type,
        micro_conversions.conversion_type as micro_type,
        {{ days_between(
            'max(micro_conversions.converted_at)', 'macro_conversions.converted_at'
        ) }} as lag_days
    from macro_conversions
    inner join micro_conversions
        on
            macro_conversions.person_id = micro_conversions.person_id
            and macro_conversions.converted_at > micro_conversions.converted_at
    group by
        macro_conversions.conversion_key,
        macro_conversions.person_id,
        macro_conversions.conversion_type,
        macro_conversions.converted_at,
        micro_conversions.conversion_type

),

preceded_totals as (

    select
        micro_type,
        macro_type,
        count(*) as preceded_conversions,
        -- The lag of fewer persons would be theirs.
        case
            when count(distinct person_id) >= {{ setting('min_group_size') }}
                then {{ median('lag_days') }}
        end as median_lag_days
    from preceded
    group by
        micro_type,
        macro_type

),

final as (

    select
        micro_types.micro_type,
        macro_totals.macro_type,

        macro_totals.macro_conversions,
        coalesce(preceded_totals.preceded_conversions, 0) as preceded_conversions,
        {{ ratio(
            'coalesce(preceded_totals.preceded_conversions, 0)', 'macro_totals.macro_conversions'
        ) }} as preceded_share,
        preceded_totals.median_lag_days
    from micro_types
    cross join macro_totals
    left join preceded_totals
        on
            micro_types.micro_type = preceded_totals.micro_type
            and macro_totals.macro_type = preceded_totals.macro_type

)

select * from final
