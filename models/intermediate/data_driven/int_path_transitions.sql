-- Grain: one row per distinct path and transition between two Markov states on it; on a short path,
-- one per time it is taken.
-- Consecutive equal states are one, so a transition never leads to where it comes from.
{{ config(materialized='view') }}
{%- set columns = [
    'path_id', 'journey_type', 'is_converting', 'journeys', 'value_sum', 'value_square_sum'
] %}
{%- set longest_uncounted = 20 %}
with

paths as (

    select * from {{ ref('assisted_conversions', 'int_distinct_paths') }}

),

groups_with_journeys as (

    select distinct
        journey_type,
        is_converting
    from {{ ref('assisted_conversions', 'int_path_groups') }}
    where has_journeys

),

modelled as (

    select
        paths.*,
        cardinality(paths.channels) as path_length
    from paths
    inner join groups_with_journeys
        on paths.journey_type = groups_with_journeys.journey_type
        and paths.is_converting = groups_with_journeys.is_converting

),

steps as (

    {{ unnested_steps(
        'modelled', columns + ['path_length'], 'channels', setting('markov_order')
    ) | indent(4) }}

),

transitions as (

    select
        {%- for column in columns %}
        {{ column }},
        {%- endfor %}
        path_length,
        {{ markov_state('back', 1, setting('markov_order')) }} as from_state,
        case
            when back_0 is not null
                then {{ markov_state('back', 0, setting('markov_order')) }}
            when is_converting then -1
            else -2
        end as to_state
    from steps

),

-- Counting would take longer than the few more pairs that the repetitions of a short path make.
final as (

    select
        {%- for column in columns %}
        {{ column }},
        {%- endfor %}
        from_state,
        to_state,
        1 as times
    from transitions
    where
        from_state != to_state
        and path_length <= {{ longest_uncounted }}
    union all
    select
        {%- for column in columns %}
        {{ column }},
        {%- endfor %}
        from_state,
        to_state,
        count(*) as times
    from transitions
    where
        from_state != to_state
        and path_length > {{ longest_uncounted }}
    group by
        {%- for column in columns %}
        {{ column }},
        {%- endfor %}
        from_state,
        to_state

)

select * from final
