-- Grain: one row per traffic_key.
-- Says which evidence decides, and what it says. The rules run once per combination in use, so
-- their cost does not grow with the sessions. `evidence_source` is looked up in the source list
-- later; a referrer's medium depends on that and is still null here.
with

combinations as (

    select * from {{ ref('assisted_conversions', 'int_traffic_combinations') }}

),

medium_aliases as (

    select * from {{ rule('medium_aliases') }}

),

click_ids as (

    select * from {{ rule('click_ids') }}

),

excluded_referrers as (

    select * from {{ rule('excluded_referrers') }}

),

interaction_types as (

    select * from {{ rule('interaction_types') }}

),

-- The dot in front lets one comparison cover the host itself and its subdomains.
excluded_hosts as (

    select distinct combinations.referrer_host
    from combinations
    inner join excluded_referrers
        on {{ ends_with(
            "'.' || combinations.referrer_host", "'.' || excluded_referrers.referrer_host"
        ) }}

),

evidence as (

    select
        combinations.*,
        coalesce(medium_aliases.medium, combinations.utm_medium) as tagged_medium,
        click_ids.source as click_source,
        click_ids.medium as click_medium,
        click_ids.campaign as click_campaign,
        interaction_types.medium as interaction_medium,
        excluded_hosts.referrer_host is not null as is_excluded,
        case
            when combinations.traffic_evidence is not null then combinations.traffic_evidence
            when combinations.interaction_type is not null then 'interaction'
            when combinations.referrer_host is not null and excluded_hosts.referrer_host is null
                then 'referrer'
            else 'none'
        end as deciding_evidence
    from combinations
    left join medium_aliases
        on combinations.utm_medium = medium_aliases.alias
    left join click_ids
        on combinations.click_parameter = click_ids.parameter
    left join excluded_hosts
        on combinations.referrer_host = excluded_hosts.referrer_host
    left join interaction_types
        on combinations.interaction_type = interaction_types.interaction_type

),

final as (

    select
        traffic_key,
        deciding_evidence as traffic_evidence,
        case deciding_evidence
            when 'interaction' then '(not set)'
            when 'referrer' then referrer_host
            when 'none' then '(direct)'
            else coalesce(utm_source, click_source, '(not set)')
        end as evidence_source,
        case deciding_evidence
            when 'interaction' then coalesce(interaction_medium, '(not set)')
            when 'referrer' then null
            when 'none' then '(none)'
            else coalesce(tagged_medium, click_medium, '(not set)')
        end as evidence_medium,
        coalesce(utm_campaign, click_campaign) as campaign,
        is_excluded,
        is_own_site
    from evidence

)

select * from final
