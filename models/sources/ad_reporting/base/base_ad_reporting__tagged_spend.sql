-- Grain: one row per URL, day and campaign, and one per campaign and day for the rest.
-- Campaigns have all spend, URLs have tags: what a campaign spent beyond its URLs stays its own.
{{ config(enabled=adapter_is_on('ad_reporting')) }}
{%- set left_out = [''] %}
{%- for platform in [
    'facebook_ads', 'google_ads', 'linkedin_ads', 'microsoft_ads', 'pinterest_ads', 'reddit_ads',
    'tiktok_ads'
] if adapter_is_on('meta' if platform == 'facebook_ads' else platform) %}
{%- do left_out.append(platform) %}
{%- endfor %}
{%- set keys = ['date_day', 'platform', 'account_id', 'campaign_id'] %}
{%- set measures = ['clicks', 'impressions', 'spend'] %}
with

campaign_report as (

    select *
    from {{ ref('assisted_conversions', 'base_ad_reporting__ad_reporting__campaign_report') }}
    where platform not in ({{ quoted_list(left_out) }})

),

url_report as (

    select *
    from {{ ref('assisted_conversions', 'base_ad_reporting__ad_reporting__url_report') }}
    where platform not in ({{ quoted_list(left_out) }})

),

in_campaigns as (

    select
        {{ keys | join(',\n        ') }},
        max(campaign_name) as campaign_name
        {%- for measure in measures %},
        coalesce(sum({{ measure }}), 0) as {{ measure }}
        {%- endfor %}
    from campaign_report
    group by
        {{ keys | join(',\n        ') }}

),

in_urls as (

    select
        {{ keys | join(',\n        ') }}
        {%- for measure in measures %},
        coalesce(sum({{ measure }}), 0) as {{ measure }}
        {%- endfor %}
    from url_report
    group by
        {{ keys | join(',\n        ') }}

),

beside_urls as (

    select
        {%- for key in keys %}
        in_campaigns.{{ key }},
        {%- endfor %}
        in_campaigns.campaign_name
        {%- for measure in measures %},
        case
            when in_urls.platform is null then in_campaigns.{{ measure }}
            when in_campaigns.{{ measure }} > in_urls.{{ measure }}
                then in_campaigns.{{ measure }} - in_urls.{{ measure }}
            else 0
        end as {{ measure }}
        {%- endfor %}
    from in_campaigns
    left join in_urls
        on
            {%- for key in keys %}
            {{ 'and ' if not loop.first }}{{ is_same('in_campaigns.' ~ key, 'in_urls.' ~ key) }}
            {%- endfor %}

),

final as (

    select
        {{ keys | join(',\n        ') }},
        campaign_name,
        utm_source,
        utm_medium,
        utm_campaign,
        utm_content
        {%- for measure in measures %},
        coalesce({{ measure }}, 0) as {{ measure }}
        {%- endfor %}
    from url_report
    union all
    select
        {{ keys | join(',\n        ') }},
        campaign_name,
        {%- for tag in ['utm_source', 'utm_medium', 'utm_campaign', 'utm_content'] %}
        cast(null as {{ dbt.type_string() }}) as {{ tag }},
        {%- endfor %}
        {{ measures | join(',\n        ') }}
    from beside_urls
    where spend != 0 or clicks != 0 or impressions != 0

)

select * from final
