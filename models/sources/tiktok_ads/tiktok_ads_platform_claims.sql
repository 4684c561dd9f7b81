-- Grain: one row per day and conversion type.
-- By what the ad group is optimized for, where the setting `optimization_events` names some; else
-- all outcomes are of one type.
{{ config(enabled=adapter_is_on('tiktok_ads')) }}
{%- set events = adapter_setting('tiktok_ads', 'optimization_events') %}
with

report as (

    {{ latest_versions(
        ref('assisted_conversions', 'base_tiktok_ads__ad_report_hourly'),
        ['ad_id', 'stat_time_hour'],
        '_fivetran_synced',
        ['spend', 'conversion']
    ) | indent(4) }}

),

ads as (

    select * from {{ ref('assisted_conversions', 'base_tiktok_ads__ads') }}

),

outcomes as (

    select
        cast(report.stat_time_hour as date) as claim_date,
        {%- if adapter_setting('tiktok_ads', 'conversion_day') == 'impression' %}
        report.conversion as conversions,
        {%- else %}
        coalesce(report.real_time_conversion, report.conversion) as conversions,
        {%- endif %}
        lower(ads.optimization_event) as optimization_event
    from report
    left join ads
        on report.ad_id = ads.ad_id

),

typed as (

    select
        claim_date,
        conversions,
        {%- if events %}
        case optimization_event
            {%- for event, type in events.items() %}
            when {{ text_literal(event | lower) }} then '{{ type }}'
            {%- endfor %}
        end as conversion_type
        {%- else %}
        '{{ adapter_setting("tiktok_ads", "conversion_type") }}' as conversion_type
        {%- endif %}
    from outcomes

),

final as (

    select
        claim_date,
        'tiktok' as platform,
        conversion_type,
        sum(conversions) as claimed_conversions
    from typed
    where conversion_type is not null
    group by
        claim_date,
        conversion_type
    having sum(conversions) != 0

)

select * from final
