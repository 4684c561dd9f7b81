-- Grain: one row per deal and stage, when the deal first entered it.
{{ config(enabled=adapter_is_on('hubspot')) }}
{%- set stages = adapter_setting('hubspot', 'stages') %}
{%- set stage = mapped_value(['stage_id', 'label'], stages, 'coalesce(label, stage_id)') %}
with

deals as (

    select * from {{ ref('assisted_conversions', 'base_hubspot__deal') }}

),

merged_deals as (

    select distinct merged_deal_id
    from {{ ref('assisted_conversions', 'base_hubspot__merged_deal') }}

),

deal_contacts as (

    select * from {{ ref('assisted_conversions', 'int_hubspot__deal_contacts') }}

),

deal_stages as (

    select * from {{ ref('assisted_conversions', 'int_hubspot__deal_stages') }}

),

entries as (

    select
        deal_id,
        lower({{ stage }}) as stage,
        entered_at
    from deal_stages
    -- What the setting `stages` does not name is known all the same.
    {%- if 'customer' not in stages.values() %}
    union all
    select
        deal_id,
        'customer' as stage,
        entered_at
    from deal_stages
    where is_won
    {%- endif %}
    {%- if 'opportunity' not in stages.values() %}
    union all
    select
        deal_id,
        'opportunity' as stage,
        property_createdate as entered_at
    from deals
    {%- endif %}
    {%- if 'lead' not in stages.values() %}
    union all
    select
        deal_id,
        'lead' as stage,
        lead_at as entered_at
    from deal_contacts
    {%- endif %}

),

final as (

    select
        'deal:' || entries.deal_id as conversion_id,
        entries.stage,
        min(entries.entered_at) as entered_at
    from entries
    inner join deals
        on entries.deal_id = deals.deal_id
    left join merged_deals
        on entries.deal_id = merged_deals.merged_deal_id
    where entries.entered_at is not null and merged_deals.merged_deal_id is null
    group by entries.deal_id, entries.stage

)

select * from final
