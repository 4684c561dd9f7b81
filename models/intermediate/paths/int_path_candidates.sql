-- Grain: one row per conversion and touchpoint inside its lookback window, before path rules.
{{ config(meta={'keeps_changes': true}) }}
{{ rebuilt_by('person_id', 'int_changed_persons') }}
with

conversions as (

    select * from {{ ref('int_conversions') }}
    where {{ is_changed('person_id', 'int_changed_persons', 'person_id') }}

),

touchpoints as (

    select * from {{ ref('int_touchpoints') }}
    where {{ is_changed('person_id', 'int_changed_persons', 'person_id') }}

),

in_window as (

    select
        conversions.conversion_key,
        conversions.conversion_type,
        conversions.converted_at,
        touchpoints.*
    from touchpoints
    inner join conversions
        on
            touchpoints.person_id = conversions.person_id
            and touchpoints.touched_at <= conversions.converted_at
            and touchpoints.touched_at >= conversions.window_opens_at
    where
        -- An unengaged session counts on the path of a conversion that happened during it.
        (touchpoints.is_engaged or touchpoints.ended_at >= conversions.converted_at)
        {%- if setting('count_views') %}
        and (not touchpoints.is_view or touchpoints.touched_at >= conversions.view_window_opens_at)
        {%- else %}
        and not touchpoints.is_view
        {%- endif %}

),

{% if setting('count_views') -%}
-- Views after the last touch that is no view led nowhere, unless there are views only.
placed as (

    select
        *,
        count(case when not is_view then 1 end) over (
            partition by conversion_key
            order by touched_at, touchpoint_id
            rows between current row and unbounded following
        ) as visits_from_here,
        count(case when not is_view then 1 end) over (partition by conversion_key) as visits
    from in_window

),

final as (

    select * {{ except_columns(['visits_from_here', 'visits']) }}
    from placed
    where
        visits_from_here > 0
        or visits = 0

)
{%- else -%}
final as (

    select * from in_window

)
{%- endif %}

select * from final
