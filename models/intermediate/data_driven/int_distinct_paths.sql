-- Grain: one row per level, journey type, is_converting and distinct path.
-- All that the statistics need to know of journeys, however many took the same path. Paths are
-- lists of numbers, of channels or of campaigns, so texts are read only once.
{{ config(enabled=setting('data_driven')) }}
with

path_touches as (

    select * from {{ ref('assisted_conversions', 'fct_conversion_touches') }}

),

journey_touches as (

    select * from {{ ref('assisted_conversions', 'int_person_journey_touches') }}

),

data_end as (

    select * from {{ ref('assisted_conversions', 'int_data_end') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'int_conversions') }}

),

-- A channel and its campaign as one number: the lists are made once for both levels.
numbers as (

    select
        channel,
        campaign,
        channel_id * 32768 + name_id as number
    from {{ ref('assisted_conversions', 'int_state_names') }}
    where level = 'campaign'

),

conversion_paths as (

    select
        path_touches.conversion_key,
        {{ list_in_order('numbers.number', 'path_touches.touch_position') | indent(8) }}
            as touches
    from path_touches
    inner join numbers
        on path_touches.channel = numbers.channel
        and {{ is_same('path_touches.campaign', 'numbers.campaign') }}
    group by path_touches.conversion_key

),

journey_paths as (

    select
        journey_touches.conversion_group,
        journey_touches.person_id,
        journey_touches.journey_number,
        {{ list_in_order('numbers.number', 'journey_touches.touch_position') | indent(8) }}
            as touches
    from journey_touches
    inner join numbers
        on journey_touches.channel = numbers.channel
        and {{ is_same('journey_touches.campaign', 'numbers.campaign') }}
    cross join data_end
    where {{ is_over('journey_touches', 'data_end') }}
    group by
        journey_touches.conversion_group,
        journey_touches.person_id,
        journey_touches.journey_number

),

named_paths as (

    select
        conversions.conversion_type as journey_type,
        true as is_converting,
        conversion_paths.touches,
        count(*) as journeys,
        cast(sum(conversions.conversion_value) as {{ double_type() }}) as value_sum,
        sum(pow(cast(conversions.conversion_value as {{ double_type() }}), 2)) as value_square_sum
    from conversion_paths
    inner join conversions
        on conversion_paths.conversion_key = conversions.conversion_key
    group by
        conversions.conversion_type,
        conversion_paths.touches
    union all
    select
        conversion_group as journey_type,
        false as is_converting,
        touches,
        count(*) as journeys,
        {{ as_double(0) }} as value_sum,
        {{ as_double(0) }} as value_square_sum
    from journey_paths
    group by
        conversion_group,
        touches

),

paths as (

    {% for level, state in {
        'channel': 'cast(floor(number / 32768) as bigint)', 'campaign': 'mod(number, 32768)'
    }.items() -%}
    select
        '{{ level }}' as level,
        journey_type,
        is_converting,
        {{ each_number('touches', state) }} as states,
        journeys,
        value_sum,
        value_square_sum
    from named_paths
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

final as (

    select
        level,
        journey_type,
        is_converting,

        states,
        cast(sum(journeys) as bigint) as journeys,
        sum(value_sum) as value_sum,
        sum(value_square_sum) as value_square_sum
    from paths
    group by
        level,
        journey_type,
        is_converting,
        states

)

select * from final
