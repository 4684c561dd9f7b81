-- Grain: one row per opportunity that is or was won, and per lead.
{{ config(enabled=adapter_is_on('salesforce')) }}
{%- set opportunity_type = adapter_setting('salesforce', 'opportunity_type') %}
{%- set lead_type = adapter_setting('salesforce', 'lead_type') %}
{%- set text = dbt.type_string() %}
with

opportunities as (

    select * from {{ ref('assisted_conversions', 'base_salesforce__opportunity') }}

),

opportunity_persons as (

    select * from {{ ref('assisted_conversions', 'int_salesforce__opportunity_persons') }}

),

opportunity_stages as (

    select * from {{ ref('assisted_conversions', 'int_salesforce__opportunity_stages') }}

),

persons as (

    select * from {{ ref('assisted_conversions', 'int_salesforce__persons') }}

),

wins as (

    select
        opportunity_id,
        min(first_entered_at) as won_at
    from opportunity_stages
    where is_won
    group by opportunity_id

),

named_opportunities as (

    select
        {{ salesforce_id('id') }} as opportunity_id,
        coalesce(is_won, false) as is_won,
        coalesce(is_closed, false) as is_closed,
        -- One that was opened again has a close date of the future.
        case when is_won then cast(close_date as {{ timestamp_type() }}) end as closed_on,
        amount,
        currency_iso_code,
        order_id_c,
        last_modified_date,
        _fivetran_synced
    from opportunities

),

opportunity_conversions as (

    select
        named_opportunities.opportunity_id as conversion_id,
        opportunity_persons.person_id as user_id,
        opportunity_persons.email,
        named_opportunities.order_id_c as order_id,
        {{ quote_text(opportunity_type) }} as conversion_type,
        coalesce(
            {{ end_of_reporting_day('named_opportunities.closed_on') }},
            wins.won_at
        ) as converted_at,
        named_opportunities.amount as value,
        coalesce(
            named_opportunities.currency_iso_code,
            {{ quote_text(adapter_setting('salesforce', 'home_currency')) }}
        ) as currency_code,
        case
            when named_opportunities.is_won then 'confirmed'
            when named_opportunities.is_closed then 'cancelled'
            else 'pending'
        end as status,
        named_opportunities.last_modified_date as updated_at,
        named_opportunities._fivetran_synced as loaded_at
    from named_opportunities
    left join wins
        on named_opportunities.opportunity_id = wins.opportunity_id
    left join opportunity_persons
        on named_opportunities.opportunity_id = opportunity_persons.opportunity_id
    where
        (named_opportunities.is_won or wins.won_at is not null)
        {{ 'and false' if opportunity_type is none }}

),

lead_conversions as (

    select
        person_id as conversion_id,
        person_id as user_id,
        email,
        cast(null as {{ text }}) as order_id,
        {{ quote_text(lead_type) }} as conversion_type,
        created_at as converted_at,
        cast(null as {{ amount_type() }}) as value,
        cast(null as {{ text }}) as currency_code,
        'confirmed' as status,
        updated_at,
        loaded_at
    from persons
    where is_lead and merged_into_id is null {{ 'and false' if lead_type is none }}

),

final as (

    select * from opportunity_conversions
    union all
    select * from lead_conversions

)

select * from final
