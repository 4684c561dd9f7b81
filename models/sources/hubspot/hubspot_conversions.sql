-- Grain: one row per deal that is or was won, and per contact that became a lead.
{{ config(enabled=adapter_is_on('hubspot')) }}
{%- set deal_type = adapter_setting('hubspot', 'deal_type') %}
{%- set lead_type = adapter_setting('hubspot', 'lead_type') %}
{%- set home_currency = quote_text(adapter_setting('hubspot', 'home_currency')) %}
{%- set text = dbt.type_string() %}
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

contacts as (

    select * from {{ ref('assisted_conversions', 'int_hubspot__contacts') }}

),

ranked_stages as (

    select
        deal_id,
        is_won,
        is_closed,
        max(case when is_won then entered_at end) over (partition by deal_id) as won_at,
        max(case when is_won then 1 else 0 end) over (partition by deal_id) as times_won,
        row_number() over (
            partition by deal_id
            order by
                case when is_current then 0 else 1 end,
                entered_at desc,
                stage_id
        ) as stage_rank
    from deal_stages

),

won_deals as (

    select
        deals.deal_id,
        ranked_stages.is_won,
        ranked_stages.is_closed,
        -- A deal that was opened again has a close date of the future.
        case when ranked_stages.is_won then deals.property_closedate end as closed_at,
        cast(cast(deals.property_closedate as date) as {{ timestamp_type() }}) as closed_on,
        ranked_stages.won_at,
        {%- if adapter_setting('hubspot', 'amounts') == 'deal' %}
        deals.property_amount is not null as is_in_deal_currency,
        {%- else %}
        deals.property_amount_in_home_currency is null as is_in_deal_currency,
        {%- endif %}
        deals.property_amount,
        deals.property_amount_in_home_currency,
        deals.property_deal_currency_code,
        deals.property_order_id,
        deals.property_hs_lastmodifieddate,
        deals._fivetran_synced
    from deals
    inner join ranked_stages
        on
            deals.deal_id = ranked_stages.deal_id
            and ranked_stages.stage_rank = 1
            and ranked_stages.times_won = 1
    left join merged_deals
        on deals.deal_id = merged_deals.merged_deal_id
    where merged_deals.merged_deal_id is null

),

deal_conversions as (

    select
        'deal:' || won_deals.deal_id as conversion_id,
        deal_contacts.contact_id as user_id,
        deal_contacts.email,
        won_deals.property_order_id as order_id,
        {{ quote_text(deal_type) }} as conversion_type,
        -- A close date at midnight was given as a day.
        case
            when won_deals.closed_at = won_deals.closed_on
                then {{ end_of_reporting_day('won_deals.closed_on') }}
            else coalesce(won_deals.closed_at, won_deals.won_at)
        end as converted_at,
        case
            when won_deals.is_in_deal_currency then won_deals.property_amount
            else won_deals.property_amount_in_home_currency
        end as value,
        case
            when won_deals.is_in_deal_currency
                then coalesce(won_deals.property_deal_currency_code, {{ home_currency }})
            else {{ home_currency }}
        end as currency_code,
        case
            when won_deals.is_won then 'confirmed'
            when won_deals.is_closed then 'cancelled'
            else 'pending'
        end as status,
        won_deals.property_hs_lastmodifieddate as updated_at,
        won_deals._fivetran_synced as loaded_at
    from won_deals
    left join deal_contacts
        on won_deals.deal_id = deal_contacts.deal_id
    {{ 'where false' if deal_type is none }}

),

lead_conversions as (

    select
        'lead:' || contact_id as conversion_id,
        contact_id as user_id,
        email,
        cast(null as {{ text }}) as order_id,
        {{ quote_text(lead_type) }} as conversion_type,
        lead_at as converted_at,
        cast(null as {{ amount_type() }}) as value,
        cast(null as {{ text }}) as currency_code,
        'confirmed' as status,
        updated_at,
        loaded_at
    from contacts
    where lead_at is not null and not is_merged {{ 'and false' if lead_type is none }}

),

final as (

    select * from deal_conversions
    union all
    select * from lead_conversions

)

select * from final
