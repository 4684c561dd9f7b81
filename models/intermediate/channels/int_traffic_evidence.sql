-- Grain: one row per traffic_key.
-- Says which evidence decides, and what it says. The rules run once per combination in use, so
-- their cost does not grow with the sessions. `evidence_source` is looked up in the source list
-- later; a referrer's medium depends on that and is still null here.
with

combinations as (

    select * from {{ ref('assisted_conversions', 'int_traffic_combinations') }}

),

source_aliases as (

    select * from {{ rule('source_aliases') }}

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

-- Of several click ids the first in the order of the seed counts, wherever it is in the URL.
first_click_ids as (

    select
        combinations.traffic_key,
        min(click_ids.click_order) as click_order
    from combinations
    inner join click_ids
        on array_contains(combinations.click_parameters, click_ids.parameter)
    group by combinations.traffic_key

),

-- The dot in front lets one comparison cover the host itself and its subdomains.
excluded_hosts as (

    select distinct combinations.referrer_host
    from combinations
    inner join excluded_referrers
        on right(
            concat('.', combinations.referrer_host), length(excluded_referrers.referrer_host) + 1
        ) = concat('.', excluded_referrers.referrer_host)

),

evidence as (

    select
        combinations.*,
        source_aliases.source as standard_source,
        click_ids.source as click_source,
        click_ids.medium as click_medium,
        click_ids.campaign as click_campaign,
        interaction_types.medium as interaction_medium,
        case
            when combinations.has_utm then 'utm'
            when combinations.interaction_type is not null then 'interaction'
            when click_ids.parameter is not null then 'click_id'
            when combinations.referrer_host is not null and excluded_hosts.referrer_host is null
                then 'referrer'
            else 'none'
        end as traffic_evidence,
        not combinations.has_utm
        and combinations.interaction_type is null
        and click_ids.parameter is null
        and excluded_hosts.referrer_host is not null as has_excluded_referrer
    from combinations
    left join source_aliases
        on combinations.utm_source = source_aliases.alias
    left join first_click_ids
        on combinations.traffic_key = first_click_ids.traffic_key
    left join click_ids
        on first_click_ids.click_order = click_ids.click_order
    left join excluded_hosts
        on combinations.referrer_host = excluded_hosts.referrer_host
    left join interaction_types
        on combinations.interaction_type = interaction_types.interaction_type

),

final as (

    select
        traffic_key,
        traffic_evidence,
        has_excluded_referrer,
        case traffic_evidence
            when 'utm' then coalesce(standard_source, utm_source, '(not set)')
            when 'interaction' then '(not set)'
            when 'click_id' then click_source
            when 'referrer' then referrer_host
            else '(direct)'
        end as evidence_source,
        case traffic_evidence
            when 'utm' then coalesce(utm_medium, '(not set)')
            when 'interaction' then coalesce(interaction_medium, '(not set)')
            when 'click_id' then click_medium
            when 'none' then '(none)'
        end as evidence_medium,
        case when traffic_evidence = 'click_id' then click_campaign else utm_campaign end
            as campaign
    from evidence

)

select * from final
