-- Grain: one row per lift test of stg_lift_tests.
-- The first reason that holds not to use a test; null where it is used. A test of a type counts for
-- that type alone, one without a type for each macro type that has no used test of its own. The
-- paths of all these must reach back a whole lookback.
{%- set reason %}
    coalesce(
        tests.reason_of_test,
        case
            when tests.ends_after_data or tests.history_days < tests.lookback_days
                then 'outside_data'
        end,
        tests.reason_of_data
    )
{%- endset %}
with

lift_tests as (

    select * from {{ ref('assisted_conversions', 'int_lift_test_checks') }}

),

conversion_types as (

    select * from {{ rule('conversion_types') }}

),

tests_of_types as (

    select
        lift_tests.*,
        conversion_types.lookback_days
    from lift_tests
    left join conversion_types
        on lift_tests.conversion_type = conversion_types.conversion_type
    where lift_tests.conversion_type is not null

),

tested_types as (

    select distinct
        tests.known_channel,
        tests.conversion_type
    from tests_of_types as tests
    where {{ reason }} is null

),

shared_lookbacks as (

    select
        lift_tests.test_key,
        max(conversion_types.lookback_days) as lookback_days
    from lift_tests
    inner join conversion_types
        on
            lift_tests.conversion_type is null
            and conversion_types.conversion_class = 'macro'
    left join tested_types
        on
            lift_tests.known_channel = tested_types.known_channel
            and conversion_types.conversion_type = tested_types.conversion_type
    where tested_types.conversion_type is null
    group by lift_tests.test_key

),

tests as (

    select * from tests_of_types
    union all
    select
        lift_tests.*,
        shared_lookbacks.lookback_days
    from lift_tests
    left join shared_lookbacks
        on lift_tests.test_key = shared_lookbacks.test_key
    where lift_tests.conversion_type is null

),

final as (

    select
        tests.test_key,
        tests.test_id,
        tests.channel,
        tests.known_channel,
        tests.conversion_type,

        {{ reason }} as reason,
        tests.started_on,
        tests.ended_on,
        tests.treated_conversions,
        tests.control_conversions,
        tests.conversions,
        tests.incremental_conversions,
        tests.incremental_variance
    from tests

)

select * from final
