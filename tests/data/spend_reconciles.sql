-- What: cost, clicks and impressions of the staged spend, of fct_ad_spend_daily and, for cost, of
--     each group of rpt_channel_assists are the same.
-- Why: spend that lost its channel would make every cost per conversion look better than it is.
-- Resolve: int_traffic_combinations must hold each source, medium and campaign of the spend, once.
with

staged as (
    select
        coalesce(sum(cost), 0) as staged_cost,
        coalesce(sum(clicks), 0) as staged_clicks,
        coalesce(sum(impressions), 0) as staged_impressions
    from {{ ref('assisted_conversions', 'stg_ad_spend') }}
),

found as (
    select
        'fct_ad_spend_daily' as model_name,
        coalesce(sum(cost), 0) as found_cost,
        coalesce(sum(clicks), 0) as found_clicks,
        coalesce(sum(impressions), 0) as found_impressions
    from {{ ref('assisted_conversions', 'fct_ad_spend_daily') }}
    union all
    select
        'rpt_channel_assists' as model_name,
        coalesce(cost, 0) as found_cost,
        null as found_clicks,
        null as found_impressions
    from {{ ref('assisted_conversions', 'rpt_channel_assists') }}
    where channel = '(total)'
)

select
    found.*,
    staged.*
from found
cross join staged
where
    found.found_cost != staged.staged_cost
    or found.found_clicks != staged.staged_clicks
    or found.found_impressions != staged.staged_impressions
