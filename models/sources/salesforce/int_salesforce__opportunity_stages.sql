-- Grain: one row per opportunity and stage in its history.
{{ config(enabled=adapter_is_on('salesforce')) }}
with

opportunities as (

    select * from {{ ref('assisted_conversions', 'base_salesforce__opportunity') }}

),

stage_history as (

    select * from {{ ref('assisted_conversions', 'base_salesforce__opportunity_history') }}

),

field_history as (

    select * from {{ ref('assisted_conversions', 'base_salesforce__opportunity_field_history') }}

),

-- Whether an opportunity is won follows from its stage alone, so the others tell of each stage.
won_stages as (

    select distinct stage_name
    from opportunities
    where is_won

),

-- A change of the amount is a row too, with the stage that was entered before.
entries as (

    select
        {{ salesforce_id('opportunity_id') }} as opportunity_id,
        stage_name,
        created_date as entered_at
    from stage_history
    union all
    select
        {{ salesforce_id('opportunity_id') }} as opportunity_id,
        new_value as stage_name,
        created_date as entered_at
    from field_history
    where field = 'StageName'

),

final as (

    select
        entries.opportunity_id,
        entries.stage_name,
        won_stages.stage_name is not null as is_won,
        min(entries.entered_at) as first_entered_at
    from entries
    left join won_stages
        on entries.stage_name = won_stages.stage_name
    where entries.stage_name is not null and entries.entered_at is not null
    group by entries.opportunity_id, entries.stage_name, won_stages.stage_name

)

select * from final
