-- Grain: one row per conversion and touchpoint within the longest window of var
-- `sensitivity_lookback_days`, with the shortest of them that holds it.
{{ config(materialized='view') }}
{%- set windows = setting('sensitivity_lookback_days') | sort %}
with

conversions as (

    select * from {{ ref('int_conversions') }}

),

touchpoints as (

    select * from {{ ref('int_touchpoints') }}

),

opened as (

    select
        conversion_key,
        {%- for days in windows %}
        {{ window_opens_at('converted_at', 'conversion_date', days) }} as opens_at_{{ days }},
        {%- endfor %}
        conversion_type,
        person_id,
        converted_at,
        view_window_opens_at
    from conversions

),

final as (

    select
        opened.conversion_key,
        opened.conversion_type,
        touchpoints.touchpoint_id,
        touchpoints.touched_at,
        touchpoints.channel,
        touchpoints.is_view,
        touchpoints.touched_at >= opened.view_window_opens_at as is_in_view_window,
        case
            {%- for days in windows %}
            when touchpoints.touched_at >= opened.opens_at_{{ days }} then {{ days }}
            {%- endfor %}
        end as shortest_lookback_days
    from touchpoints
    inner join opened
        on touchpoints.person_id = opened.person_id
        and touchpoints.touched_at <= opened.converted_at
        and touchpoints.touched_at >= opened.opens_at_{{ windows[-1] }}
    where
        (touchpoints.is_engaged or touchpoints.ended_at >= opened.converted_at)
        {%- if not setting('count_views') %}
        and not touchpoints.is_view
        {%- endif %}

)

select * from final
