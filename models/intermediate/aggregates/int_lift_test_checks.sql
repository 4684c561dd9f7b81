-- Grain: one row per lift test of stg_lift_tests.
-- What is wrong with the test itself, and how it stands to the data. Whether the data reach back
-- far enough also depends on the types that it counts for: see int_lift_tests.
with

lift_tests as (

    select * from {{ ref('assisted_conversions', 'int_lift_test_conversions') }}

),

conversion_types as (

    select * from {{ rule('conversion_types') }}

),

touchpoints as (

    select * from {{ ref('assisted_conversions', 'int_touchpoints') }}

),

data_end as (

    select * from {{ ref('assisted_conversions', 'int_data_end') }}

),

data_begin as (

    select min(touched_at) as begins_at
    from touchpoints

),

data_days as (

    select
        data_begin.begins_at,
        {{ reporting_date('data_begin.begins_at') }} as first_day,
        {{ reporting_date('data_end.ends_at') }} as last_day
    from data_begin
    cross join data_end

),

-- Days before or after the data are brought to their edge: any date may stand in a test.
with_first_day as (

    select
        lift_tests.*,
        data_days.begins_at,
        cast(
            least(greatest(lift_tests.started_on, data_days.first_day), data_days.last_day)
            as timestamp
        ) as first_day,
        lift_tests.ended_on > data_days.last_day as ends_after_data,
        rank() over (
            partition by
                lift_tests.known_channel,
                lift_tests.conversion_type,
                lift_tests.started_on,
                lift_tests.ended_on,
                lift_tests.treated_users,
                lift_tests.treated_conversions,
                lift_tests.control_users,
                lift_tests.control_conversions
            order by lift_tests.test_id
        ) > 1 as is_repeated
    from lift_tests
    cross join data_days

),

final as (

    select
        tests.*,
        {{ days_between('tests.begins_at', from_reporting_time('tests.first_day')) | indent(8) }}
            as history_days,
        case
            when
                least(
                    tests.treated_users,
                    tests.control_users,
                    tests.treated_conversions,
                    tests.control_conversions
                ) < 0
                or tests.treated_users = 0
                or tests.control_users = 0
                or tests.treated_conversions > 10 * tests.treated_users
                or tests.control_conversions > 10 * tests.control_users
                then 'bad_counts'
            when tests.ended_on < tests.started_on then 'bad_dates'
            when tests.known_channel is null then 'unknown_channel'
            when tests.conversion_type is not null and conversion_types.conversion_type is null
                then 'unknown_conversion_type'
            when tests.is_repeated then 'repeated'
        end as reason_of_test,
        case
            when tests.channel_conversions = 0 then 'no_credit'
            when
                tests.treated_conversions + tests.control_conversions > tests.conversions
                or tests.control_conversions = tests.conversions
                then 'more_than_data'
        end as reason_of_data
    from with_first_day as tests
    left join conversion_types
        on tests.conversion_type = conversion_types.conversion_type

)

select * from final
