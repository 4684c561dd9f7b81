-- Grain: one row per day, campaign, network and device.
{{ config(enabled=adapter_is_on('microsoft_ads')) }}
with

report as (

    select *
    from {{ ref('assisted_conversions', 'base_microsoft_ads__campaign_performance_daily_report') }}

),

campaign_history as (

    select * from {{ ref('assisted_conversions', 'base_microsoft_ads__campaign_history') }}

),

campaigns as (

    {{ latest_versions('campaign_history', 'id', 'modified_time', ['name']) | indent(4) }}

),

final as (

    select
        report.date as spend_date,
        {{ text_literal(adapter_setting('microsoft_ads', 'source')) }} as utm_source,
        {{ text_literal(adapter_setting('microsoft_ads', 'medium')) }} as utm_medium,
        {%- if adapter_setting('microsoft_ads', 'campaign_by') == 'id' %}
        report.campaign_id as utm_campaign,
        {%- else %}
        coalesce({{ name_as_tag('campaigns.name') }}, report.campaign_id) as utm_campaign,
        {%- endif %}
        report.impressions,
        report.clicks,
        report.spend as cost,
        report.currency_code
    from report
    left join campaigns
        on report.campaign_id = campaigns.id

)

select * from final
