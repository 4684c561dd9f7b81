{#
    The parts that channels take in conversions if each conversion had one of several lookback
    windows. Both macros take the name of a relation of touches within the longest window, with
    `shortest_lookback_days`, the shortest window that holds the touch; and lookbacks, that of the
    windows (lookback_days). Both return the query of one row per conversion, window and channel.
#}

{#
    Where a touch stays on a path whatever else is on it: the last touch is last in every window
    that holds it, and a channel assists in those that hold another touch of it.
    Example: window_roles_of_all_touches('touches', 'lookbacks')
#}
{% macro window_roles_of_all_touches(touches, lookbacks) -%}
select
    parts.conversion_type,
    lookbacks.lookback_days,
    parts.channel,
    coalesce(parts.assists_from_days <= lookbacks.lookback_days, false) as is_assist,
    coalesce(parts.closes_from_days <= lookbacks.lookback_days, false) as is_last
from (
    select
        conversion_key,
        conversion_type,
        channel,
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
) as parts
inner join {{ lookbacks }} as lookbacks
    on
        parts.assists_from_days <= lookbacks.lookback_days
        or parts.closes_from_days <= lookbacks.lookback_days
{%- endmacro %}


{#
    Where path rules or views make a touch's stay depend on the rest of the path: each window is a
    path of its own. Views need the columns is_view and is_in_view_window.
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
    conversion_type,
    lookback_days,
    channel,
    bool_or(touch_position < path_length) as is_assist,
    bool_or(touch_position = path_length) as is_last
from numbered
group by
    conversion_key,
    conversion_type,
    lookback_days,
    channel
{%- endmacro %}
