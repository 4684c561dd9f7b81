-- Grain: one row per conversion and channel in the longest window of setting
-- `sensitivity_lookback_days`; and per window, where path rules or views make each a path of its
-- own.
-- From which window on the channel assists and closes, null where in none. `lookback_days` is the
-- one window that the row is about, null where it is about all.
-- depends_on: {{ ref('assisted_conversions', 'int_person_fingerprints') }}
{{ config(
    materialized='incremental',
    incremental_strategy=assisted_conversions.changed_keys_strategy(),
    pre_hook="{{ assisted_conversions.delete_changed_keys('person_id') }}",
    on_schema_change='sync_all_columns'
) }}
{%- set path = 'conversion_key, lookback_days' %}
{%- set rules = path_rule_steps('without_late_views', path) %}
{%- set each_window_is_a_path = rules.steps or setting('count_views') %}
with

touches as (

    select * from {{ ref('assisted_conversions', 'int_sensitivity_touches') }}

),

{% if not each_window_is_a_path -%}
-- A touch stays on a path whatever else is on it, so the last touch is last in every window that
-- holds it, and a channel assists in those that hold another touch of it.
with_last_touch as (

    select
        *,
        cast(null as integer) as lookback_days,
        row_number() over (
            partition by conversion_key order by touched_at desc, touchpoint_id desc
        ) = 1 as is_last,
        shortest_lookback_days as from_days
    from touches

),

{% else -%}
-- Path rules or views make a touch's stay depend on the rest of the path.
windows as (

    {% for days in setting('sensitivity_lookback_days') | sort -%}
    select
        *,
        cast({{ days }} as integer) as lookback_days
    from touches
    where
        shortest_lookback_days <= {{ days }}
        and (not is_view or is_in_view_window)
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

with_visits_from_here as (

    select
        *,
        count(case when not is_view then 1 end) over (
            partition by {{ path }}
            order by touched_at, touchpoint_id
            rows between current row and unbounded following
        ) as visits_from_here,
        count(case when not is_view then 1 end) over (partition by {{ path }}) as visits
    from windows

),

without_late_views as (

    select *
    from with_visits_from_here
    where
        visits_from_here > 0
        or visits = 0

),

{% for rule in rules.steps -%}
{{ rule.name }} as (

    {{ rule.query | indent(4) }}

),

{% endfor -%}
numbered as (

    {{ numbered_touches(rules.last, path) | indent(4) }}

),

with_last_touch as (

    select
        *,
        touch_position = path_length as is_last,
        lookback_days as from_days
    from numbered

),

{% endif -%}
final as (

    select
        conversion_key,
        conversion_type,
        channel,
        min(person_id) as person_id,
        lookback_days,
        min(case when not is_last then from_days end) as assists_from_days,
        min(case when is_last then from_days end) as closes_from_days
    from with_last_touch
    group by
        conversion_key,
        conversion_type,
        channel,
        lookback_days

)

select * from final
