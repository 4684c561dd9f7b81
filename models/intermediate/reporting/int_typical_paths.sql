-- Grain: one row per conversion group and kind of journey that has a path to show.
-- The path that most journeys of the kind took, as text.
{%- set path = ['conversion_group', 'path_hash', 'path_length'] %}
{%- set kind = ['conversion_group', 'first_channel', 'last_channel', 'is_single_touch'] %}
with

journey_paths as (

    select * from {{ ref('assisted_conversions', 'int_journey_paths') }}

),

path_totals as (

    select
        *,
        path_length = 1 as is_single_touch
    from {{ ref('assisted_conversions', 'int_path_totals') }}

),

kinds as (

    select * from {{ ref('assisted_conversions', 'int_journey_kinds') }}
    where
        first_channel = kind_first_channel
        and last_channel = kind_last_channel

),

path_summaries as (

    select * from {{ ref('assisted_conversions', 'int_path_summaries') }}

),

journey_touches as (

    select * from {{ ref('assisted_conversions', 'int_journey_touches') }}

),

showable_paths as (

    {{ showable_paths('path_totals', 'journey_paths', path) | indent(4) }}

),

ranked as (

    select
        showable_paths.*,
        row_number() over (
            partition by {{ prefixed('showable_paths', kind) }}
            order by
                showable_paths.journeys desc,
                showable_paths.path_length,
                showable_paths.path_hash
        ) as path_rank
    from showable_paths
    inner join kinds
        on
            {{ same_values('showable_paths', 'kinds', kind) | indent(12) }}

),

-- One journey stands for all that took the path, a converting one where there is any.
journeys as (

    select
        {{ prefixed('ranked', path) }},
        ranked.first_channel,
        ranked.last_channel,
        ranked.is_single_touch,
        min(journey_paths.conversion_key) as conversion_key,
        min(journey_paths.person_id) as person_id,
        min_by(journey_paths.journey_number, journey_paths.person_id) as journey_number
    from ranked
    inner join journey_paths
        on {{ equal_columns('ranked', 'journey_paths', path) }}
    where ranked.path_rank = 1
    group by
        {{ prefixed('ranked', path) }},
        ranked.first_channel,
        ranked.last_channel,
        ranked.is_single_touch

),

touches as (

    select
        {{ prefixed('journeys', kind) }},
        journey_touches.touch_position,
        journey_touches.channel
    from journeys
    inner join journey_touches
        on
            journeys.conversion_group = journey_touches.conversion_group
            and journeys.person_id = journey_touches.person_id
            and journeys.journey_number = journey_touches.journey_number
    where journeys.conversion_key is null

),

-- Touches of one channel in a row keep their distance to the channel's own count.
numbered as (

    select
        *,
        touch_position - row_number() over (
            partition by {{ kind | join(', ') }}, channel
            order by touch_position
        ) as run_number
    from touches

),

runs as (

    select
        {{ kind | join(',\n        ') }},
        channel,
        min(touch_position) as first_position,
        count(*) as touches
    from numbered
    group by
        {{ kind | join(',\n        ') }},
        channel,
        run_number

),

final as (

    select
        {{ prefixed('journeys', kind) }},
        path_summaries.path_collapsed as typical_path
    from journeys
    inner join path_summaries
        on journeys.conversion_key = path_summaries.conversion_key
    union all
    select
        {{ kind | join(',\n        ') }},
        {{ ordered_text(
            "case when touches > 1 then channel || ' x' || touches else channel end",
            'first_position'
        ) }} as typical_path
    from runs
    group by
        {{ kind | join(',\n        ') }}

)

select * from final
