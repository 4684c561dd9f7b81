-- Grain: one row per opportunity and stage, when it was first entered.
{{ config(enabled=adapter_is_on('salesforce')) }}
{%- set stages = adapter_setting('salesforce', 'stages') %}
with

opportunities as (

    select
        {{ salesforce_id('id') }} as opportunity_id,
        created_date
    from {{ ref('assisted_conversions', 'base_salesforce__opportunity') }}

),

opportunity_persons as (

    select * from {{ ref('assisted_conversions', 'int_salesforce__opportunity_persons') }}

),

opportunity_stages as (

    select * from {{ ref('assisted_conversions', 'int_salesforce__opportunity_stages') }}

),

entries as (

    select
        opportunity_id,
        lower({{ mapped_value('stage_name', stages, 'stage_name') }}) as stage,
        first_entered_at as entered_at
    from opportunity_stages
    -- What the setting `stages` does not name is known all the same.
    {%- if 'customer' not in stages.values() %}
    union all
    select
        opportunity_id,
        'customer' as stage,
        first_entered_at as entered_at
    from opportunity_stages
    where is_won
    {%- endif %}
    {%- if 'opportunity' not in stages.values() %}
    union all
    select
        opportunity_id,
        'opportunity' as stage,
        created_date as entered_at
    from opportunities
    {%- endif %}
    {%- if 'lead' not in stages.values() %}
    union all
    select
        opportunity_id,
        'lead' as stage,
        lead_at as entered_at
    from opportunity_persons
    {%- endif %}

),

final as (

    select
        entries.opportunity_id as conversion_id,
        entries.stage,
        min(entries.entered_at) as entered_at
    from entries
    inner join opportunities
        on entries.opportunity_id = opportunities.opportunity_id
    where entries.entered_at is not null
    group by entries.opportunity_id, entries.stage

)

select * from final
