-- Grain: one row per conversion and touchpoint within the longest window of setting
-- `sensitivity_lookback_days`, with the shortest of them that holds it.
-- A part of int_window_roles. All windows come from one join.
{{ config(materialized='ephemeral') }}
{%- set windows = setting('sensitivity_lookback_days') | sort %}
{%- set changed = ' where ' ~ is_changed('person_id', of='int_window_roles') %}
{%- set conversions -%}
    (
        select
            conversion_key,
            conversion_type,
            person_id,
            converted_at,
            view_window_opens_at
            {%- for days in windows %},
            {{ window_opens_at('converted_at', 'conversion_date', days) }} as opens_at_{{ days }}
            {%- endfor %}
        from {{ ref('assisted_conversions', 'int_conversions') }}
        {{ changed }}
    )
{%- endset %}
{%- set opens = [] -%}
{%- for days in windows %}{% do opens.append('opens_at_' ~ days) %}{% endfor %}
with

in_window as (

    {{ touches_in_window(
        '(select * from ' ~ ref('assisted_conversions', 'int_touchpoints') ~ changed ~ ')',
        conversions,
        opens[-1],
        ['conversion_key', 'conversion_type', 'view_window_opens_at'] + opens
    ) | indent(4) }}

),

final as (

    select
        conversion_key,
        conversion_type,
        person_id,
        touchpoint_id,
        touched_at,
        channel,
        is_view,
        touched_at >= view_window_opens_at as is_in_view_window,
        case
            {%- for days in windows %}
            when touched_at >= opens_at_{{ days }} then {{ days }}
            {%- endfor %}
        end as shortest_lookback_days
    from in_window

)

select * from final
