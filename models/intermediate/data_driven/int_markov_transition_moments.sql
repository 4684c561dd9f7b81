-- Grain: one row per conversion group and unordered pair of transitions between channels.
-- How often two transitions are taken on one journey: what the delta method needs for the errors.
{{ config(enabled=setting('data_driven')) }}
{%- set highest_order = 4 if setting('markov_order') == 'auto' else setting('markov_order') %}
with

-- Numbers in place of types, paths and transitions: there are many pairs.
path_groups as (

    select
        *,
        {{ row_hash(['journey_type', 'is_converting']) }} as type_id
    from {{ ref('assisted_conversions', 'int_markov_path_groups') }}

),

paths as (

    select
        *,
        {{ row_hash(['journey_type', 'is_converting']) }} as type_id,
        {{ row_hash(['journey_type', 'is_converting', 'states']) }} as path_id
    from {{ ref('assisted_conversions', 'int_distinct_paths') }}
    where
        level = 'channel'
        and journey_type in (select path_groups.journey_type from path_groups)

),

steps as (

    select
        type_id,
        path_id,
        is_converting,
        journeys,
        value_sum,
        {{ step_columns('states', highest_order) | indent(8) }} -- noqa: PRS
    from paths {{ step_join('states') }}

),

states as (

    select
        path_groups.conversion_group,
        steps.*,
        mod({{ markov_state(1, highest_order) }}, path_groups.state_limit) as from_state,
        case
            when steps.back_0 is not null
                then mod({{ markov_state(0, highest_order) }}, path_groups.state_limit)
            when steps.is_converting then -1
            else -2
        end as to_state
    from steps
    inner join path_groups
        on steps.type_id = path_groups.type_id

),

numbered as (

    select
        *,
        {{ row_hash(['from_state', 'to_state']) }} as transition_id
    from states
    where from_state != to_state

),

transitions as (

    select distinct
        transition_id,
        from_state,
        to_state
    from numbered

),

path_transitions as (

    select
        conversion_group,
        path_id,
        transition_id,
        max(journeys) as journeys,
        max(value_sum) as value_sum,
        count(*) as times
    from numbered
    group by
        conversion_group,
        path_id,
        transition_id

),

pairs as (

    select
        one.conversion_group,
        one.transition_id,
        other.transition_id as other_id,
        sum(one.times * other.times * one.journeys) as moment,
        sum(one.times * other.times * one.value_sum) as value_moment
    from path_transitions as one
    inner join path_transitions as other
        on one.path_id = other.path_id
        and one.conversion_group = other.conversion_group
        and one.transition_id <= other.transition_id
    group by
        one.conversion_group,
        one.transition_id,
        other.transition_id

),

-- The value moment is meant for pairs with a transition into conversion, which no path takes twice.
final as (

    select
        pairs.conversion_group,
        'channel' as level,
        one.from_state as from_state_1,
        one.to_state as to_state_1,
        other.from_state as from_state_2,
        other.to_state as to_state_2,

        cast(pairs.moment as {{ double_type() }}) as moment,
        pairs.value_moment
    from pairs
    inner join transitions as one
        on pairs.transition_id = one.transition_id
    inner join transitions as other
        on pairs.other_id = other.transition_id

)

select * from final
