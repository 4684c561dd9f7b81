-- Grain: one row per conversion group and transition between two Markov states of campaigns.
with

path_touches as (

    select * from {{ ref('int_path_touches') }}

),

journey_touches as (

    select * from {{ ref('int_journey_touches') }}

),

conversions as (

    select * from {{ ref('int_conversions') }}

),

journey_groups as (

    select * from {{ ref('int_journey_groups') }}

),

names as (

    select * from {{ ref('int_state_names') }}
    where level = 'campaign'

),

touches as (

    select
        journey_groups.conversion_group,
        {{ row_hash(['journey_groups.conversion_group', 'path_touches.conversion_key']) }}
            as journey_hash,
        true as is_converting,
        path_touches.touch_position,
        path_touches.touch_position = path_touches.path_length as is_last,
        path_touches.channel,
        path_touches.campaign,
        cast(conversions.conversion_value as double) as conversion_value
    from path_touches
    inner join conversions
        on path_touches.conversion_key = conversions.conversion_key
    inner join journey_groups
        on conversions.conversion_type = journey_groups.conversion_type
    union all
    select
        conversion_group,
        {{ row_hash(['conversion_group', 'person_id', 'journey_number']) }} as journey_hash,
        false as is_converting,
        touch_position,
        touch_position = path_length as is_last,
        channel,
        campaign,
        0 as conversion_value
    from journey_touches

),

named as (

    select
        touches.*,
        names.name_id
    from touches
    inner join names
        on touches.channel = names.channel
        and touches.campaign is not distinct from names.campaign

),

{% set path = 'journey_hash' -%}
states as (

    select
        *,
        {{ markov_state('name_id', path, 'touch_position', setting('markov_order'))
            | indent(8) }} as state
    from named

),

steps as (

    select
        *,
        coalesce(lag(state) over (partition by {{ path }} order by touch_position), 0)
            as from_state
    from states

),

-- Consecutive equal states are one; the value belongs to the step into conversion.
final as (

    select
        conversion_group,
        from_state,
        state as to_state,

        count(*) as transitions,
        cast(0 as double) as value_sum,
        cast(0 as double) as value_square_sum
    from steps
    where from_state != state
    group by
        conversion_group,
        from_state,
        state
    union all
    select
        conversion_group,
        state as from_state,
        case when is_converting then -1 else -2 end as to_state,

        count(*) as transitions,
        sum(conversion_value) as value_sum,
        sum(conversion_value * conversion_value) as value_square_sum
    from steps
    where is_last
    group by
        conversion_group,
        state,
        is_converting

)

select * from final
