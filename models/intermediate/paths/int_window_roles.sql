-- Grain: one row per conversion and channel in the longest window of setting
-- `sensitivity_lookback_days`, and per window if path rules or views make each a path of its own.
-- Says from which window on the channel assists and closes. All windows come from one join.
{{ config(
    materialized='incremental',
    incremental_strategy='changed_keys',
    unique_key='person_id',
    on_schema_change='sync_all_columns'
) }}
{%- set windows = setting('sensitivity_lookback_days') | sort %}
{%- set each_is_a_path = path_rule_steps('touches', 'path').steps or setting('count_views') %}
{%- set changed = ' where ' ~ is_changed('person_id') %}
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

touches as (

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

),

{% if each_is_a_path -%}
lookbacks as (

    {{ sensitivity_lookbacks() | indent(4) }}

),

{% endif -%}
final as (

    {% if each_is_a_path -%}
    {{ window_roles_of_each_path('touches', 'lookbacks') | indent(4) }}
    {%- else -%}
    {{ window_roles_of_all_touches('touches') | indent(4) }}
    {%- endif %}

)

select * from final
