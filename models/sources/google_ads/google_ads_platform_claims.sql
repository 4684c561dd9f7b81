-- Grain: one row per day and conversion type.
-- By conversion action where the setting `conversion_actions` names some; else all that the account
-- counts is of one type.
{{ config(enabled=adapter_is_on('google_ads')) }}
{%- set actions = adapter_setting('google_ads', 'conversion_actions') %}
with

{% if actions -%}
stats as (

    select
        customer_id,
        date,
        conversions,
        conversions_value,
        case lower(conversion_action_name)
            {%- for name, type in actions.items() %}
            when {{ text_literal(name | lower) }} then '{{ type }}'
            {%- endfor %}
        end as conversion_type
    from {{ ref('assisted_conversions', 'base_google_ads__campaign_conversion_stats') }}

),
{%- else -%}
stats as (

    select
        customer_id,
        date,
        conversions,
        conversions_value,
        '{{ adapter_setting("google_ads", "conversion_type") }}' as conversion_type
    from {{ ref('assisted_conversions', 'base_google_ads__campaign_stats') }}

),
{%- endif %}

accounts as (

    select * from {{ ref('assisted_conversions', 'base_google_ads__accounts') }}

),

final as (

    select
        stats.date as claim_date,
        'google_ads' as platform,
        stats.conversion_type,
        sum(stats.conversions) as claimed_conversions,
        {{ sum_of_amounts(
            claimed_in_reporting_currency('stats.conversions_value', 'accounts.currency_code')
        ) }} as claimed_value
    from stats
    left join accounts
        on stats.customer_id = accounts.id
    where stats.conversion_type is not null
    group by
        stats.date,
        stats.conversion_type
    having sum(stats.conversions) != 0

)

select * from final
