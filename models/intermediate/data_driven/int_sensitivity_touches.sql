-- Grain: one row per conversion and touchpoint within the longest window of var
-- `sensitivity_lookback_days`, with the shortest of them that holds it.
{{ config(materialized='view') }}
{%- set windows = setting('sensitivity_lookback_days') | sort %}
{%- set opens = [] -%}
{%- for days in windows %}{% do opens.append('opens_at_' ~ days) %}{% endfor -%}
{%- set changed -%}
    where {{ is_changed('person_id', 'int_changed_persons', 'person_id') }}
{%- endset -%}
{%- set opened -%}
    (
        select
            conversion_key,
            {%- for days in windows %}
            {{ window_opens_at('converted_at', 'conversion_date', days) }} as opens_at_{{ days }},
            {%- endfor %}
            conversion_type,
            person_id,
            converted_at,
            view_window_opens_at
        from {{ ref('int_conversions') }}
        {{ changed }}
    )
{%- endset %}
with

in_window as (

    {{ touches_in_window(
        '(select * from ' ~ ref('int_touchpoints') ~ ' ' ~ changed ~ ')',
        opened,
        ref('int_busy_persons'),
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
