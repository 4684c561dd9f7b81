-- Grain: one row per conversion type, used lift test that counts for it, and attribution model
-- whose credits it measures.
-- The credits of the treated users, to compare with their incremental conversions: the channel's
-- credits in the test's days belong to everybody who could convert. A test of a type counts for
-- that type alone; one without a type for each macro type that has no test of its own.
with

lift_tests as (

    select * from {{ ref('assisted_conversions', 'int_lift_tests') }}
    where reason is null

),

daily_credits as (

    select * from {{ ref('assisted_conversions', 'int_attribution_credits_daily') }}

),

conversion_types as (

    select * from {{ rule('conversion_types') }}

),

types_of_tests as (

    select
        lift_tests.*,
        conversion_types.conversion_type as covered_type,
        lift_tests.conversion_type is not null as is_of_type
    from lift_tests
    inner join conversion_types
        on lift_tests.conversion_type = conversion_types.conversion_type
        or (
            lift_tests.conversion_type is null
            and conversion_types.conversion_class = 'macro'
        )

),

credits as (

    select
        tests.test_key,
        daily_credits.attribution_model,
        sum(daily_credits.credit) * max(
            tests.treated_conversions / (tests.conversions - tests.control_conversions)
        ) as treated_credit
    from types_of_tests as tests
    inner join daily_credits
        on tests.known_channel = daily_credits.channel
        and tests.covered_type = daily_credits.conversion_type
        and daily_credits.conversion_date between tests.started_on and tests.ended_on
    group by
        tests.test_key,
        daily_credits.attribution_model

),

with_tests_of_type as (

    select
        *,
        max(case when is_of_type then 1 else 0 end) over (
            partition by covered_type, known_channel
        ) as has_tests_of_type
    from types_of_tests

),

final as (

    select
        tests.covered_type as conversion_type,
        tests.known_channel as channel,
        credits.attribution_model,
        tests.test_key,

        tests.is_of_type,
        tests.incremental_conversions,
        tests.incremental_variance,
        credits.treated_credit
    from with_tests_of_type as tests
    inner join credits
        on tests.test_key = credits.test_key
    where
        (tests.is_of_type or tests.has_tests_of_type = 0)
        and credits.treated_credit > 0

)

select * from final
