-- Grain: one row per day and conversion type.
-- Pinterest sums conversions of all kinds, page visits as well as checkouts: no claims until the
-- setting `conversion_type` says what they are.
{{ config(enabled=adapter_is_on('pinterest_ads')) }}
{%- set conversion_type = adapter_setting('pinterest_ads', 'conversion_type') %}
with

report as (

    {{ latest_versions(
        ref('assisted_conversions', 'base_pinterest_ads__pin_promotion_report'),
        ['pin_promotion_id', 'date', 'ad_group_id', 'campaign_id', 'advertiser_id'],
        '_fivetran_synced',
        ['spend_in_micro_dollar', 'total_conversions']
    ) | indent(4) }}

),

advertiser_history as (

    select * from {{ ref('assisted_conversions', 'base_pinterest_ads__advertiser_history') }}

),

accounts as (

    {{ latest_versions('advertiser_history', 'id', 'updated_time', ['currency']) | indent(4) }}

),

typed as (

    select
        cast(date as date) as claim_date,
        advertiser_id,
        {{ quote_text(conversion_type) }} as conversion_type,
        total_conversions,
        total_conversions_value_in_micro_dollar
    from report

),

final as (

    select
        typed.claim_date,
        'pinterest' as platform,
        typed.conversion_type,
        sum(typed.total_conversions) as claimed_conversions,
        {{ micros_as_amount('sum(' ~ claimed_in_reporting_currency(
            'typed.total_conversions_value_in_micro_dollar', 'accounts.currency'
        ) ~ ')') }} as claimed_value
    from typed
    left join accounts
        on typed.advertiser_id = accounts.id
    where typed.conversion_type is not null
    group by
        typed.claim_date,
        typed.conversion_type
    having sum(typed.total_conversions) != 0

)

select * from final
