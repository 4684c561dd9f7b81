-- Grain: one row per campaign.
-- Its tags are those that Google puts on its clicks, by the templates and suffixes of URLs; where
-- these say nothing, those that clicks without tags get.
{{ config(enabled=adapter_is_on('google_ads')) }}
{%- set source = text_literal(adapter_setting('google_ads', 'source')) %}
{%- set medium = text_literal(adapter_setting('google_ads', 'medium')) %}
{%- set tags = ['utm_source', 'utm_medium', 'utm_campaign'] %}
with

campaign_history as (

    select * from {{ ref('assisted_conversions', 'base_google_ads__campaign_history') }}

),

accounts as (

    select * from {{ ref('assisted_conversions', 'base_google_ads__accounts') }}

),

campaigns as (

    {{ latest_versions(
        'campaign_history', 'id', 'updated_at',
        ['name', 'tracking_url_template', 'final_url_suffix']
    ) | indent(4) }}

),

with_tags as (

    select
        campaigns.id,
        campaigns.name
        {%- for tag in tags %},
        coalesce(
            {{ url_tag('campaigns.tracking_url_template', tag) }},
            {{ url_tag('campaigns.final_url_suffix', tag) }},
            {{ url_tag('accounts.tracking_url_template', tag) }},
            {{ url_tag('accounts.final_url_suffix', tag) }}
        ) as {{ tag }}
        {%- endfor %}
    from campaigns
    left join accounts
        on campaigns.customer_id = accounts.id

),

filled as (

    select
        id,
        name
        {%- for tag in tags %},
        {{ filled_tag(tag, {'{campaignid}': 'id'}, '[{]') }} as {{ tag }}
        {%- endfor %}
    from with_tags

),

final as (

    select
        id,
        coalesce(utm_source, {{ source }}) as utm_source,
        coalesce(utm_medium, {{ medium }}) as utm_medium,
        {%- if adapter_setting('google_ads', 'campaign_by') == 'id' %}
        coalesce(utm_campaign, id) as utm_campaign
        {%- else %}
        coalesce(utm_campaign, {{ name_as_tag('name') }}, id) as utm_campaign
        {%- endif %}
    from filled

)

select * from final
