-- Grain: one row per conversion type and lift test that speaks of it.
-- Conversions that the tested channel caused, and their variance. Tests of a type count for it
-- alone; those of no type, for each macro type that has no test of its own.
with

lift_tests as (

    select * from {{ ref('assisted_conversions', 'stg_lift_tests') }}
    where
        treated_users > 0
        and control_users > 0

),

conversion_types as (

    select * from {{ rule('conversion_types') }}

),

rated as (

    select
        *,
        cast(treated_conversions as double) / treated_users as treated_rate,
        cast(control_conversions as double) / control_users as control_rate
    from lift_tests

),

-- p (1 - p) of users who convert once at most; where they convert more often, the count's own.
spread as (

    select
        *,
        treated_rate * case when treated_rate < 1 then 1 - treated_rate else 1 end
            as treated_spread,
        control_rate * case when control_rate < 1 then 1 - control_rate else 1 end
            as control_spread
    from rated

),

measured as (

    select
        test_id,
        channel,
        conversion_type,
        started_on,
        ended_on,
        (treated_rate - control_rate) * treated_users as incremental_conversions,
        treated_users * treated_users * (
            treated_spread / treated_users + control_spread / control_users
        ) as incremental_variance
    from spread

),

matched as (

    select
        conversion_types.conversion_type,
        measured.test_id,
        measured.channel,
        measured.started_on,
        measured.ended_on,
        measured.incremental_conversions,
        measured.incremental_variance,
        measured.conversion_type is not null as is_of_type,
        max(case when measured.conversion_type is not null then 1 else 0 end) over (
            partition by conversion_types.conversion_type, measured.channel
        ) as has_tests_of_type
    from measured
    inner join conversion_types
        on measured.conversion_type = conversion_types.conversion_type
        or (
            measured.conversion_type is null
            and conversion_types.conversion_class = 'macro'
        )

),

final as (

    select
        conversion_type,
        channel,
        test_id,
        is_of_type,

        started_on,
        ended_on,
        incremental_conversions,
        incremental_variance
    from matched
    where
        is_of_type
        or has_tests_of_type = 0

)

select * from final
