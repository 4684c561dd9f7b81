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

-- A referrer is published under its name in the source list, a tag as it was written.
sources as (

    select
        traffic_evidence.*,
        source_categories.source_category,
        case traffic_evidence.traffic_evidence
            when 'referrer'
                then coalesce(source_categories.listed_source, traffic_evidence.evidence_source)
            else traffic_evidence.evidence_source
        end as source,
        coalesce(
            traffic_evidence.evidence_medium,
            case source_categories.source_category
                when 'search' then 'organic'
                when 'social' then 'social'
                when 'video' then 'video'
                when 'shopping' then 'shopping'
                when 'ai' then 'ai-assistant'
                else 'referral'
            end
        ) as medium
    from traffic_evidence
    left join source_categories
        on traffic_evidence.evidence_source = source_categories.evidence_source

),

source_mediums as (

    select distinct
        source,
        medium,
        campaign
    from sources

),

-- A null pattern matches everything, any other pattern never matches a null.
house_rules as (

    select
        source_mediums.source,
        source_mediums.medium,
        source_mediums.campaign,
        min_by(rules.channel, rules.rule_order) as channel
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
        and sources.campaign is not distinct from house_rules.campaign

)

select * from final
