-- Grain: one row per landing page that a search showed.
{{ config(enabled=adapter_is_on('search_console')) }}
with

search_rows as (

    select
        site_url,
        data_date,
        url,
        case when not coalesce(is_anonymized_query, false) then query end as query,
        coalesce(impressions, 0) as impressions,
        coalesce(clicks, 0) as clicks,
        {{ plain_page('url') }} as plain_page
    from {{ ref('assisted_conversions', 'base_search_console__searchdata_url_impression') }}
    -- These two show pages that nobody searched for.
    where coalesce(lower(search_type), '') not in ('discover', 'googlenews', 'google_news')

),

with_shares as (

    select
        *,
        sum(impressions) over (
            partition by data_date, url, site_url
        ) as site_impressions
    from search_rows

),

-- A domain and a part of it may be properties both: then each has the page.
with_ranks as (

    select
        *,
        rank() over (
            partition by data_date, url
            order by site_impressions desc, site_url
        ) as site_rank
    from with_shares

),

with_pages as (

    select
        data_date,
        {{ landing_page('url', 'plain_page') | indent(8) }} as landing_page,
        {{ without_addresses('query') }} as query,
        impressions,
        clicks
    from with_ranks
    where site_rank = 1

),

queries as (

    select
        landing_page,
        query,
        min(data_date) as first_date,
        max(data_date) as last_date,
        sum(impressions) as impressions,
        sum(clicks) as clicks
    from with_pages
    where landing_page is not null
    group by landing_page, query

),

ranked as (

    select
        *,
        -- The null of what is not told comes last.
        row_number() over (
            partition by landing_page
            order by
                case when query is null then 1 else 0 end,
                clicks desc,
                impressions desc,
                query
        ) as query_rank
    from queries

),

final as (

    select
        landing_page,
        cast(sum(clicks) as {{ dbt.type_bigint() }}) as clicks,
        cast(sum(impressions) as {{ dbt.type_bigint() }}) as impressions,
        max(case when query_rank = 1 then query end) as top_query,
        {{ ratio('sum(case when query is null then impressions else 0 end)', 'sum(impressions)') }}
            as anonymized_share,
        min(first_date) as first_date,
        max(last_date) as last_date
    from ranked
    group by landing_page

)

select * from final
