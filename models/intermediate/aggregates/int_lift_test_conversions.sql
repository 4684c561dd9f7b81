-- Grain: one row per lift test of stg_lift_tests.
-- What the treated users did beyond the control group, and what the data know of the test's days:
-- the conversions of its type, or of all macro types, and those with the channel on their path.
with

lift_tests as (

    select
        {{ row_hash(['test_id', 'channel', 'conversion_type']) }} as test_key,
        test_id,
        channel,
        conversion_type,
        started_on,
        ended_on,
        {%- for column in [
            'treated_users', 'treated_conversions', 'control_users', 'control_conversions'
        ] %}
        cast({{ column }} as {{ double_type() }}) as {{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ ref('assisted_conversions', 'stg_lift_tests') }}

),

-- Channels match in any letter case.
channels as (

    select
        lower(channel) as lower_channel,
        min(channel) as channel
    from {{ rule('channels') }}
    group by lower(channel)

),

conversion_types as (

    select * from {{ rule('conversion_types') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}

),

conversion_channels as (

    select * from {{ ref('assisted_conversions', 'fct_assisted_conversions') }}

),

with_channel as (

    select
        lift_tests.*,
        channels.channel as known_channel
    from lift_tests
    left join channels
        on lower(lift_tests.channel) = channels.lower_channel

),

test_types as (

    select
        with_channel.*,
        conversion_types.conversion_type as counted_type
    from with_channel
    inner join conversion_types
        on with_channel.conversion_type = conversion_types.conversion_type
        or (
            with_channel.conversion_type is null
            and conversion_types.conversion_class = 'macro'
        )

),

persons as (

    select
        test_types.test_key,
        conversions.person_id,
        count(*) as conversions,
        count(conversion_channels.conversion_key) as channel_conversions
    from test_types
    inner join conversions
        on test_types.counted_type = conversions.conversion_type
        and conversions.conversion_date between test_types.started_on and test_types.ended_on
    left join conversion_channels
        on conversions.conversion_key = conversion_channels.conversion_key
        and test_types.known_channel = conversion_channels.channel
    group by
        test_types.test_key,
        conversions.person_id

),

-- Persons who convert more than once make the result less certain.
tests as (

    select
        test_key,
        sum(conversions) as conversions,
        sum(channel_conversions) as channel_conversions,
        {{ ratio('sum(conversions * conversions)', 'sum(conversions)') }} as repeat_factor
    from persons
    group by test_key

),

-- A group without conversions is not certain either: its rate counts as (x + 1) / (n + 2).
final as (

    select
        with_channel.*,
        cast(coalesce(tests.conversions, 0) as bigint) as conversions,
        cast(coalesce(tests.channel_conversions, 0) as bigint) as channel_conversions,
        case
            when with_channel.treated_users != 0 and tests.conversions > 0
                then with_channel.treated_conversions - with_channel.treated_users
                    * with_channel.control_conversions / nullif(with_channel.control_users, 0)
        end as incremental_conversions,
        tests.repeat_factor * pow(with_channel.treated_users, 2) * (
            (with_channel.treated_conversions + 1)
            / nullif(pow(with_channel.treated_users + 2, 2), 0)
            + (with_channel.control_conversions + 1)
            / nullif(pow(with_channel.control_users + 2, 2), 0)
        ) as incremental_variance
    from with_channel
    left join tests
        on with_channel.test_key = tests.test_key

)

select * from final
