-- Grain: one row per URL, day and campaign, and one per campaign and day for the rest.
{{ config(enabled=adapter_is_on('ad_reporting')) }}
{%- set sources = {
    'amazon_ads': 'amazon', 'facebook_ads': 'facebook', 'google_ads': 'google',
    'linkedin_ads': 'linkedin', 'microsoft_ads': 'bing', 'pinterest_ads': 'pinterest',
    'reddit_ads': 'reddit', 'snapchat_ads': 'snapchat', 'tiktok_ads': 'tiktok',
    'twitter_ads': 'twitter'
} %}
{%- set media = {
    'amazon_ads': 'cpc', 'apple_search_ads': 'cpc', 'google_ads': 'cpc', 'microsoft_ads': 'cpc'
} %}
{%- for platform in sources if platform not in media %}
{%- do media.update({platform: 'paid_social'}) %}
{%- endfor %}
{%- for platform, fields in adapter_setting('ad_reporting', 'platforms').items() %}
{%- do sources.update({platform: fields.source}) if fields.source %}
{%- do media.update({platform: fields.medium}) if fields.medium %}
{%- endfor %}
{%- set opened = '{' ~ '{' %}
{%- set closed = '}' ~ '}' %}
{%- set name = "coalesce(" ~ name_as_tag('campaign_name') ~ ", campaign_id)" %}
{%- set placeholders = {
    opened ~ 'campaign.id' ~ closed: 'campaign_id', opened ~ 'campaign.name' ~ closed: name,
    '{campaignid}': 'campaign_id'
} %}
with

tagged_spend as (

    select * from {{ ref('assisted_conversions', 'base_ad_reporting__tagged_spend') }}

),

final as (

    select
        date_day as spend_date,
        coalesce(
            {{ filled_tag('utm_source', {}, '[{]') }},
            case platform
                {%- for platform, source in sources.items() %}
                when '{{ platform }}' then {{ text_literal(source) }}
                {%- endfor %}
                else platform
            end
        ) as utm_source,
        coalesce(
            {{ filled_tag('utm_medium', {}, '[{]') }},
            case platform
                {%- for platform, medium in media.items() %}
                when '{{ platform }}' then {{ text_literal(medium) }}
                {%- endfor %}
                else 'paid'
            end
        ) as utm_medium,
        coalesce({{ filled_tag('utm_campaign', placeholders, '[{]') }}, {{ name }}) as utm_campaign,
        {{ filled_tag('utm_content', placeholders, '[{]') }} as utm_content,
        impressions,
        clicks,
        spend as cost,
        {%- if adapter_setting('ad_reporting', 'currencies') %}
        case account_id
            {%- for account, currency in adapter_setting('ad_reporting', 'currencies').items() %}
            when {{ text_literal(account) }} then '{{ currency }}'
            {%- endfor %}
        end as currency_code
        {%- else %}
        cast(null as {{ dbt.type_string() }}) as currency_code
        {%- endif %}
    from tagged_spend

)

select * from final
