-- Grain: one row per conversion group and touch of a journey that led to no conversion, after path
-- rules, including journeys that may still convert. Of more touches than setting
-- `max_touches_per_path` the last ones are kept.
{{ config(
    materialized='incremental',
    incremental_strategy=assisted_conversions.changed_keys_strategy(),
    pre_hook="{{ assisted_conversions.delete_changed_keys('person_id') }}",
    on_schema_change='sync_all_columns'
) }}
{%- set journey = 'conversion_group, person_id, journey_number' %}
{#- A conversion at exactly the time of a touch comes before it. #}
{%- set in_order = 'partition by conversion_group, person_id'
    ~ ' order by happened_at, is_conversion desc, touchpoint_id' %}
with

journey_groups as (

    select * from {{ ref('assisted_conversions', 'int_journey_groups') }}

),

candidates as (

    select * from {{ ref('assisted_conversions', 'int_path_candidates') }}
    where {{ is_changed('person_id') }}

),

events as (

    select * from {{ ref('assisted_conversions', 'int_journey_events') }}

),

path_touches as (

    select distinct
        journey_groups.conversion_group,
        candidates.touchpoint_id
    from candidates
    inner join journey_groups
        on candidates.conversion_type = journey_groups.conversion_type

),

-- Visits that are on a path of the group belong to no journey.
events_off_paths as (

    select events.*
    from events
    left join path_touches
        on
            events.conversion_group = path_touches.conversion_group
            and events.touchpoint_id = path_touches.touchpoint_id
    where path_touches.touchpoint_id is null

),

with_previous as (

    select
        *,
        lag(happened_at) over ({{ in_order }}) as previous_at,
        lag(is_conversion) over ({{ in_order }}) as follows_conversion
    from events_off_paths

),

with_journey_number as (

    select
        *,
        sum(case
            when
                previous_at is null
                or follows_conversion
                or {{ seconds_between('previous_at', 'happened_at') }} > lookback_days * 86400
                then 1
            else 0
        end) over (
            partition by conversion_group, person_id
            order by happened_at, is_conversion desc, touchpoint_id
            rows between unbounded preceding and current row
        ) as journey_number
    from with_previous

),

touches as (

    select
        conversion_group,
        lookback_days,
        person_id,
        journey_number,
        touchpoint_id,
        channel,
        campaign,
        happened_at as touched_at,
        max(happened_at) over (partition by {{ journey }}) as last_touched_at
    from with_journey_number
    where not is_conversion

),

{% set rules = path_rule_steps('touches', journey) -%}
{% for rule in rules.steps -%}
{{ rule.name }} as (

    {{ rule.query | indent(4) }}

),

{% endfor -%}
numbered as (

    {{ numbered_touches(rules.last, journey) | indent(4) }}

),

{% set left_out = 'greatest(path_length - ' ~ setting('max_touches_per_path') ~ ', 0)' -%}
final as (

    select
        conversion_group,
        lookback_days,
        person_id,
        journey_number,
        touchpoint_id,
        channel,
        campaign,
        touched_at,
        last_touched_at,
        touch_position - {{ left_out }} as touch_position,
        path_length - {{ left_out }} as path_length
    from numbered
    where touch_position > {{ left_out }}

)

select * from final
