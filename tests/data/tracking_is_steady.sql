-- What: no check of the tracking jumped in the last four weeks.
-- Why: a tag that broke, or a page that lost it, moves touches from one channel to another; what
--     looks like a change of channels is then one of the tracking.
-- Resolve: look at that day and check in audit_tracking_quality, and for what changed then: a new
--     template of an ad platform, a redirect that drops tags, a payment page that is not in
--     excluded_referrers, a loader that stopped. If the change is meant, wait: after some weeks it
--     is the level.
{{ config(severity='warn') }}
with

tracking_quality as (

    select * from {{ ref('assisted_conversions', 'audit_tracking_quality') }}

),

last_day as (

    select max(touch_date) as touch_date
    from tracking_quality

)

select
    tracking_quality.touch_date,
    tracking_quality.check_name,
    tracking_quality.affected_share,
    tracking_quality.baseline_share
from tracking_quality
cross join last_day
where
    tracking_quality.is_flagged
    and tracking_quality.touch_date > {{ later_date('last_day.touch_date', -28) }}
