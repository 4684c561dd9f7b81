-- Grain: one row per conversion that has CRM stages.
with

conversions as (

    select * from {{ ref('assisted_conversions', 'int_conversion_events') }}

),

stages as (

    select * from {{ ref('assisted_conversions', 'stg_crm_stages') }}

),

-- A stage belongs to the conversion that its row names, or to all of the order that it names.
conversion_stages as (

    select
        conversions.kept_conversion_key as conversion_key,
        stages.stage,
        stages.entered_at
    from conversions
    inner join stages
        on conversions.conversion_key = stages.conversion_key
    union all
    select
        conversions.kept_conversion_key as conversion_key,
        stages.stage,
        stages.entered_at
    from conversions
    inner join stages
        on conversions.order_id = stages.order_id

),

final as (

    select
        conversion_key,
        min(case when stage = 'lead' then entered_at end) as lead_entered_at,
        min(case when stage = 'opportunity' then entered_at end) as opportunity_entered_at
    from conversion_stages
    group by conversion_key

)

select * from final
