{#
    The parts that channels take in conversions if each conversion had one of several lookback
    windows. Both macros take the name of a relation of touches within the longest window, with
    `shortest_lookback_days`, the shortest window that holds the touch. Both return the query of
    one row per conversion and channel with the windows from which on it assists and closes, null
    where in none; and `lookback_days`, the one window that the row is about, null where it is about
    all.
#}

{#
    Where a touch stays on a path whatever else is on it: the last touch is last in every window
    that holds it, and a channel assists in those that hold another touch of it.
    Example: window_roles_of_all_touches('touches')
#}
{% macro window_roles_of_all_touches(touches) -%}
select
    conversion_key,
    conversion_type,
    channel,
    min(person_id) as person_id,
    cast(null as integer) as lookback_days,
    min(case when not is_last then shortest_lookback_days end) as assists_from_days,
    min(case when is_last then shortest_lookback_days end) as closes_from_days
from (
    select
        *,
        row_number() over (
            partition by conversion_key order by touched_at desc, touchpoint_id desc
        ) = 1 as is_last
    from {{ touches }}
) as ordered
group by
    conversion_key,
    conversion_type,
    channel
{%- endmacro %}


{#
    Where path rules or views make a touch's stay depend on the rest of the path: each window is a
    path of its own. Views need the columns is_view and is_in_view_window.
    Arguments: touches; lookbacks, name of a relation of the windows (lookback_days).
    Example: window_roles_of_each_path('touches', 'lookbacks')
#}
{% macro window_roles_of_each_path(touches, lookbacks) -%}
{%- set path = 'conversion_key, lookback_days' -%}
{%- set rules = path_rule_steps('placed', path) -%}
with

windows as (

    select
        touches.*,
        lookbacks.lookback_days
    from {{ touches }} as touches
    inner join {{ lookbacks }} as lookbacks
        on touches.shortest_lookback_days <= lookbacks.lookback_days

),

counted as (

    select
        *,
        count(case when not is_view then 1 end) over (
            partition by {{ path }}
            order by touched_at, touchpoint_id
            rows between current row and unbounded following
        ) as visits_from_here,
        count(case when not is_view then 1 end) over (partition by {{ path }}) as visits
    from windows
    where
        not is_view
        or is_in_view_window

),

placed as (

    select * {{ except_columns(['visits_from_here', 'visits']) }}
    from counted
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

)

select
    conversion_key,
    conversion_type,
    channel,
    min(person_id) as person_id,
    lookback_days,
    min(case when touch_position < path_length then lookback_days end) as assists_from_days,
    min(case when touch_position = path_length then lookback_days end) as closes_from_days
from numbered
group by
    conversion_key,
    conversion_type,
    channel,
    lookback_days
{%- endmacro %}


{#
    The windows of var `sensitivity_lookback_days`, a row each.
    Example: sensitivity_lookbacks()
#}
{% macro sensitivity_lookbacks() -%}
{% for days in setting('sensitivity_lookback_days') | sort -%}
select cast({{ days }} as integer) as lookback_days
{{ 'union all' if not loop.last }}
{% endfor %}
{%- endmacro %}
