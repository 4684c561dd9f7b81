-- What: cost, clicks and impressions are the same in the staged spend and in fct_ad_spend_daily,
--     and so is the cost in each group of rpt_channel_assists.
-- Why: spend that lost its channel would make every cost per conversion look better than it is.
-- Resolve: int_traffic_sources must have the traffic_key of each row of stg_ad_spend, once.
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
