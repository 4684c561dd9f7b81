-- Grain: one row per traffic_key: the source, medium, campaign and channel of its touches.
with

traffic_evidence as (

    select * from {{ ref('assisted_conversions', 'int_traffic_evidence') }}

),

source_categories as (

    select * from {{ ref('assisted_conversions', 'int_source_categories') }}

),

channel_overrides as (

    select * from {{ rule('channel_overrides') }}

),

-- A referrer of the own site counts as none, unless it is a shop or a network of many sites.
with_category as (

    select
        traffic_evidence.*,
        source_categories.source,
        source_categories.source_category,
        traffic_evidence.is_excluded
        or (traffic_evidence.is_own_site and source_categories.source_category is null)
            as has_excluded_referrer
    from traffic_evidence
    left join source_categories
        on traffic_evidence.evidence_source = source_categories.evidence_source

),

sources as (

    select
        traffic_key,
        has_excluded_referrer,
        source_category,
        case when has_excluded_referrer then null else campaign end as campaign,
        case when has_excluded_referrer then 'none' else traffic_evidence end as traffic_evidence,
        case when has_excluded_referrer then '(direct)' else source end as source,
        case
            when has_excluded_referrer then '(none)'
            when evidence_medium is not null then evidence_medium
            else case source_category
                when 'search' then 'organic'
                when 'social' then 'social'
                when 'video' then 'video'
                when 'shopping' then 'shopping'
                when 'ai' then 'ai-assistant'
                when 'email' then 'email'
                when 'ads' then 'display'
                else 'referral'
            end
        end as medium
    from with_category

),

source_mediums as (

    select distinct
        source,
        medium,
        campaign
    from sources

),

-- A null pattern matches everything, any other pattern never matches a null.
first_rules as (

    select
        source_mediums.source,
        source_mediums.medium,
        source_mediums.campaign,
        min(rules.rule_order) as rule_order
    from source_mediums
    inner join channel_overrides as rules
        on {{ override_matches('source_mediums.source', 'rules.source_pattern') }}
        and {{ override_matches('source_mediums.medium', 'rules.medium_pattern') }}
        and {{ override_matches('source_mediums.campaign', 'rules.campaign_pattern') }}
    group by
        source_mediums.source,
        source_mediums.medium,
        source_mediums.campaign

),

house_rules as (

    select
        first_rules.source,
        first_rules.medium,
        first_rules.campaign,
        rules.channel
    from first_rules
    inner join channel_overrides as rules
        on first_rules.rule_order = rules.rule_order

),

final as (

    select
        sources.traffic_key,
        sources.source,
        sources.medium,
        sources.campaign,
        sources.traffic_evidence,
        sources.has_excluded_referrer,
        coalesce(
            house_rules.channel,
            {{ default_channel_group(
                'sources.source', 'sources.medium', 'sources.campaign', 'sources.source_category'
            ) }}
        ) as channel
    from sources
    left join house_rules
        on sources.source = house_rules.source
        and sources.medium = house_rules.medium
        and {{ is_same('sources.campaign', 'house_rules.campaign') }}

)

select * from final
