-- Grain: one row per field (source, medium, campaign), value and rule of the tracking plan that it
-- breaks.
with

breaches as (

    select * from {{ ref('assisted_conversions', 'int_plan_breaches') }}

),

path_touches as (

    select
        conversion_key,
        touchpoint_id
    from {{ ref('assisted_conversions', 'fct_conversion_touches') }}

),

conversion_counts as (

    select
        breaches.field,
        breaches.value,
        breaches.rule,
        count(distinct path_touches.conversion_key) as conversions
    from breaches
    inner join path_touches
        on breaches.touchpoint_id = path_touches.touchpoint_id
    group by
        breaches.field,
        breaches.value,
        breaches.rule

),

final as (

    select
        breaches.field,
        breaches.value,
        breaches.rule,

        count(case when breaches.touch_type = 'session' then 1 end) as sessions,
        coalesce(max(conversion_counts.conversions), 0) as conversions,
        cast(coalesce(sum(breaches.cost), 0) as {{ amount_sum_type() }}) as cost,

        min(breaches.owner) as owner
    from breaches
    left join conversion_counts
        on
            breaches.field = conversion_counts.field
            and breaches.value = conversion_counts.value
            and breaches.rule = conversion_counts.rule
    group by
        breaches.field,
        breaches.value,
        breaches.rule

)

select * from final
