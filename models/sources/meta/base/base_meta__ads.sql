-- Grain: one row per ad.
-- Its tags are those of its creative: of the URL parameters, else of the URL.
{{ config(enabled=adapter_is_on('meta')) }}
{%- set source = text_literal(adapter_setting('meta', 'source')) %}
{%- set medium = text_literal(adapter_setting('meta', 'medium')) %}
{%- set tags = ['utm_source', 'utm_medium', 'utm_campaign', 'utm_content'] %}
{%- set placeholders = {} %}
{%- for thing in ['campaign', 'ad_set', 'ad'] %}
{%- for field in ['id', 'name'] %}
{%- do placeholders.update({
    '{' ~ '{' ~ thing | replace('_', '') ~ '.' ~ field ~ '}' ~ '}':
        name_as_tag(thing ~ '_name') if field == 'name' else thing ~ '_id'
}) %}
{%- endfor %}
{%- endfor %}
with

ad_history as (

    select * from {{ ref('assisted_conversions', 'base_meta__ad_history') }}

),

ad_set_history as (

    select * from {{ ref('assisted_conversions', 'base_meta__ad_set_history') }}

),

campaign_history as (

    select * from {{ ref('assisted_conversions', 'base_meta__campaign_history') }}

),

creative_history as (

    select * from {{ ref('assisted_conversions', 'base_meta__creative_history') }}

),

ads as (

    {{ latest_versions('ad_history', 'id', 'updated_time', ['name', 'creative_id']) | indent(4) }}

),

ad_sets as (

    {{ latest_versions('ad_set_history', 'id', 'updated_time', ['name']) | indent(4) }}

),

campaigns as (

    {{ latest_versions('campaign_history', 'id', 'updated_time', ['name']) | indent(4) }}

),

creatives as (

    {{ latest_versions(
        'creative_history', 'id', '_fivetran_synced',
        ['url_tags', 'page_link', 'template_page_link', 'object_story_link_data_link']
    ) | indent(4) }}

),

with_tags as (

    select
        ads.id as ad_id,
        ads.name as ad_name,
        ads.account_id,
        ads.ad_set_id,
        ad_sets.name as ad_set_name,
        ads.campaign_id,
        campaigns.name as campaign_name
        {%- for tag in tags %},
        coalesce(
            {{ regexp_first(
                'creatives.url_tags',
                "'\"key\" *: *\"" ~ tag ~ "\" *, *\"value\" *: *\"([^\"]*)\"'", 1
            ) }},
            {%- for column in [
                'url_tags', 'page_link', 'template_page_link', 'object_story_link_data_link'
            ] %}
            {{ url_tag('creatives.' ~ column, tag) }}{{ ',' if not loop.last }}
            {%- endfor %}
        ) as {{ tag }}
        {%- endfor %}
    from ads
    left join ad_sets
        on ads.ad_set_id = ad_sets.id
    left join campaigns
        on ads.campaign_id = campaigns.id
    left join creatives
        on ads.creative_id = creatives.id

),

filled as (

    select
        ad_id,
        account_id,
        coalesce({{ name_as_tag('campaign_name') }}, campaign_id) as campaign
        {%- for tag in tags %},
        {{ filled_tag(tag, placeholders, '[{][{]') }} as {{ tag }}
        {%- endfor %}
    from with_tags

),

final as (

    select
        ad_id,
        account_id,
        coalesce(utm_source, {{ source }}) as utm_source,
        coalesce(utm_medium, {{ medium }}) as utm_medium,
        coalesce(utm_campaign, campaign) as utm_campaign,
        utm_content
    from filled

)

select * from final
