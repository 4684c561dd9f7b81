-- Grain: one row per conversion and touchpoint inside its lookback window, before path rules; of
-- more than setting `max_touches_per_path`, those nearest the conversion.
{{ config(
    materialized='incremental',
    incremental_strategy=assisted_conversions.changed_keys_strategy(),
    pre_hook="{{ assisted_conversions.delete_changed_keys('person_id') }}",
    on_schema_change='sync_all_columns'
) }}
{%- set most = setting('max_touches_per_path') %}
{%- set columns = [
    'conversion_key', 'conversion_type', 'converted_at', 'touchpoint_id', 'person_id',
    'touch_type', 'channel', 'funnel_stage', 'source', 'medium', 'campaign', 'content', 'term',
    'landing_page', 'traffic_evidence', 'device_type', 'country', 'is_view', 'is_engaged',
    'is_paid', 'is_direct', 'touched_at', 'ended_at'
] %}
{%- set changed = ' where ' ~ is_changed('person_id') %}
with

in_window as (

    {{ touches_in_window(
        '(select * from ' ~ ref('assisted_conversions', 'int_touchpoints') ~ changed ~ ')',
        '(select * from ' ~ ref('assisted_conversions', 'int_conversions') ~ changed ~ ')',
        'window_opens_at',
        ['conversion_key', 'conversion_type', 'converted_at', 'view_window_opens_at']
    ) | indent(4) }}

),

{% if setting('count_views') -%}
-- Drop views after the last non-view touch, unless the path consists of views only.
counted_views as (

    select
        *,
        count(case when not is_view then 1 end) over (
            partition by conversion_key
            order by touched_at, touchpoint_id
            rows between current row and unbounded following
        ) as visits_from_here,
        count(case when not is_view then 1 end) over (partition by conversion_key) as visits
    from in_window
    where
        not is_view
        or touched_at >= view_window_opens_at

),

without_late_views as (

    select *
    from counted_views
    where
        visits_from_here > 0
        or visits = 0

),

{% endif -%}
{%- set touches = 'without_late_views' if setting('count_views') else 'in_window' -%}
final as (

    select
        {{ columns | join(',\n        ') }},
        cast(null as bigint) as touches_left_out
    from {{ touches }}
    where visits_left_out is null
    union all
    select
        {{ columns | join(',\n        ') }},
        visits_left_out + greatest(touches - {{ most }}, 0) as touches_left_out
    from (
        select
            *,
            count(*) over (partition by conversion_key) as touches,
            row_number() over (
                partition by conversion_key order by touched_at desc, touchpoint_id desc
            ) as touches_from_here
        from {{ touches }}
        where visits_left_out is not null
    ) as of_busy_persons
    where touches_from_here <= {{ most }}

)

select * from final
