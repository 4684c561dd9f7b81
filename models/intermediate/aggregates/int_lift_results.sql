-- Grain: one row per conversion type, lift test that applies to it, and conversion type in the
-- test.
-- The conversions that the tested channel caused, and their variance. A test of a type applies to
-- that type alone; one without a type counted the conversions of all macro types, and applies to
-- each that has no test of its own.
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

with_rates as (

    select
        *,
        cast(treated_conversions as double) / treated_users as treated_rate,
        cast(control_conversions as double) / control_users as control_rate
    from lift_tests

),

-- A user's variance is p (1 - p) if no user converts more than once, else that of the count.
with_variances as (

    select
        *,
        treated_rate * case when treated_rate < 1 then 1 - treated_rate else 1 end
            as treated_variance,
        control_rate * case when control_rate < 1 then 1 - control_rate else 1 end
            as control_variance
    from with_rates

),

by_type as (

    select
        conversion_types.conversion_type,
        tests.channel,
        tests.test_id,
        tests.started_on,
        tests.ended_on,
        (tests.treated_rate - tests.control_rate) * tests.treated_users as incremental_conversions,
        tests.treated_users * tests.treated_users * (
            tests.treated_variance / tests.treated_users
            + tests.control_variance / tests.control_users
        ) as incremental_variance,
        tests.conversion_type is not null as is_of_type,
        max(case when tests.conversion_type is not null then 1 else 0 end) over (
            partition by conversion_types.conversion_type, tests.channel
        ) as has_tests_of_type
    from with_variances as tests
    inner join conversion_types
        on tests.conversion_type = conversion_types.conversion_type
        or (
            tests.conversion_type is null
            and conversion_types.conversion_class = 'macro'
        )

),

final as (

    select
        by_type.conversion_type,
        by_type.channel,
        by_type.test_id,
        credited_types.conversion_type as credited_type,

        by_type.started_on,
        by_type.ended_on,
        by_type.incremental_conversions,
        by_type.incremental_variance
    from by_type
    inner join conversion_types as credited_types
        on by_type.conversion_type = credited_types.conversion_type
        or (
            not by_type.is_of_type
            and credited_types.conversion_class = 'macro'
        )
    where
        by_type.is_of_type
        or by_type.has_tests_of_type = 0

)

select * from final
