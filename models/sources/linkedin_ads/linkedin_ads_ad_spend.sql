-- Grain: one row per day and creative.
-- The cost in US dollars counts where the other one has no currency, or is absent.
{{ config(enabled=adapter_is_on('linkedin_ads')) }}
{%- set is_in_usd = 'report.cost_in_usd is not null' %}
{%- if adapter_setting('linkedin_ads', 'amounts') == 'local' %}
{%- set is_in_usd = is_in_usd
    ~ ' and (report.cost_in_local_currency is null or creatives.currency is null)' %}
{%- endif %}
with

report as (

    {{ latest_versions(
        ref('assisted_conversions', 'base_linkedin_ads__ad_analytics_by_creative'),
        ['creative_id', 'day'],
        '_fivetran_synced',
        ['cost_in_local_currency', 'external_website_conversions']
    ) | indent(4) }}

),

creatives as (

    select * from {{ ref('assisted_conversions', 'base_linkedin_ads__creatives') }}

),

final as (

    select
        report.day as spend_date,
        coalesce(
            creatives.utm_source, {{ text_literal(adapter_setting('linkedin_ads', 'source')) }}
        ) as utm_source,
        coalesce(
            creatives.utm_medium, {{ text_literal(adapter_setting('linkedin_ads', 'medium')) }}
        ) as utm_medium,
        creatives.utm_campaign,
        creatives.utm_content,
        report.impressions,
        report.clicks,
        case
            when {{ is_in_usd }} then report.cost_in_usd
            else report.cost_in_local_currency
        end as cost,
        case when {{ is_in_usd }} then 'USD' else creatives.currency end as currency_code,
        report._fivetran_synced as loaded_at
    from report
    left join creatives
        on report.creative_id = creatives.creative_id

)

select * from final
