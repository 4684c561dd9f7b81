-- Grain: one row per traffic_key: what is wrong with the tags and clicks of its touches.
with

combinations as (

    select * from {{ ref('assisted_conversions', 'int_traffic_combinations') }}

),

traffic_sources as (

    select * from {{ ref('assisted_conversions', 'int_traffic_sources') }}

),

click_ids as (

    select * from {{ rule('click_ids') }}

),

platforms as (

    select * from {{ rule('platforms') }}
    where source_pattern is not null

),

tagged_clicks as (

    select
        combinations.traffic_key,
        combinations.utm_source,
        combinations.traffic_evidence,
        traffic_sources.source,
        traffic_sources.has_excluded_referrer,
        click_ids.source as click_source,
        click_ids.is_paid
    from combinations
    inner join traffic_sources
        on combinations.traffic_key = traffic_sources.traffic_key
    left join click_ids
        on combinations.click_parameter = click_ids.parameter

),

-- Sources of one platform, as Instagram and Facebook, share a click id.
of_one_platform as (

    select distinct
        tagged_clicks.source,
        tagged_clicks.click_source
    from tagged_clicks
    inner join platforms
        on {{ override_matches('tagged_clicks.source', 'platforms.source_pattern') }}
        and {{ override_matches('tagged_clicks.click_source', 'platforms.source_pattern') }}

),

final as (

    select
        tagged_clicks.traffic_key,
        coalesce(
            tagged_clicks.utm_source is not null
            and tagged_clicks.source != tagged_clicks.click_source
            and of_one_platform.source is null,
            false
        ) as has_conflicting_tags,
        coalesce(
            tagged_clicks.is_paid
            and tagged_clicks.traffic_evidence = 'click_id'
            and tagged_clicks.utm_source is null,
            false
        ) as is_paid_click_without_tags,
        tagged_clicks.has_excluded_referrer
    from tagged_clicks
    left join of_one_platform
        on
            tagged_clicks.source = of_one_platform.source
            and tagged_clicks.click_source = of_one_platform.click_source

)

select * from final
