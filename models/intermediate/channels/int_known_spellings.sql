-- Grain: one row per spelling of a source or medium that leads to a channel.
-- Those of the rule tables, and the media that the default rules name.
{%- set media = [
    'affiliate', 'affiliates', 'ai-assistant', 'app', 'audio', 'banner', 'call', 'cpa', 'cpc',
    'cpm', 'cpv', 'direct_mail', 'display', 'e-mail', 'email', 'event', 'expandable',
    'interstitial', 'link', 'mobile', 'notification', 'organic', 'paid', 'paid_search',
    'paid_social', 'paid_video', 'ppc', 'push', 'referral', 'retargeting', 'sm', 'sms', 'social',
    'social media', 'social network', 'social-media', 'social-network', 'survey', 'video'
] %}
with

source_categories as (

    select
        lower(source) as source,
        category
    from {{ rule('source_categories') }}
    union all
    select
        lower(source) as source,
        category
    from {{ rule('source_categories_supplement') }}

),

source_aliases as (

    select * from {{ rule('source_aliases') }}

),

medium_aliases as (

    select * from {{ rule('medium_aliases') }}

),

spelled_sources as (

    select
        source as spelling,
        source as standard
    from source_categories
    union all
    select
        alias as spelling,
        source as standard
    from source_aliases

),

final as (

    select
        'source' as field,
        spelled_sources.spelling,
        min(spelled_sources.standard) as standard
    from spelled_sources
    inner join source_categories
        on spelled_sources.standard = source_categories.source
    where source_categories.category in ('search', 'social', 'shopping', 'video', 'ai', 'email')
    group by spelled_sources.spelling
    union all
    select
        'medium' as field,
        alias as spelling,
        medium as standard
    from medium_aliases
    {% for medium in media -%}
    union all
    select
        'medium' as field,
        '{{ medium }}' as spelling,
        '{{ medium }}' as standard
    {% endfor %}

)

select * from final
