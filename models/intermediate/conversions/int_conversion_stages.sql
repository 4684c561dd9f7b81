-- Grain: one row per conversion that has CRM stages.
{{ config(meta={'keeps_changes': true}) }}
{{ rebuilt_by('conversion_key', 'int_changed_deals') }}
with

conversions as (

    select * from {{ ref('int_person_conversions') }}
    where {{ is_changed('kept_conversion_key', 'int_changed_deals', 'conversion_key') }}

),

stages as (

    select * from {{ ref('stg_crm_stages') }}

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
