-- Question: when did a channel's part in conversions change, for one week or for good?
-- Reading: `is_anomaly` (the mix of assists and closes) and `is_volume_anomaly` (their number) are
--     single weeks that stand out from the eight before; look for a campaign, a broken tag, an
--     outage. `is_change_point` begins a lasting level; `role_shift` says that the channel moved to
--     closing or to assisting, so last click will now over- or undervalue it.
{{ config(
    enabled=project_name == 'assisted_conversions'
    and is_switched_on('rpt_assist_trends')
) }}
select
    conversion_group,
    channel,
    week_start_date,
    assisted_conversions,
    last_conversions,
    assist_share,
    baseline,
    anomaly_score,
    is_anomaly,
    volume_baseline,
    volume_score,
    is_volume_anomaly,
    is_change_point,
    level,
    role_shift
from {{ ref('assisted_conversions', 'rpt_assist_trends') }}
where
    is_anomaly
    or is_volume_anomaly
    or is_change_point
order by
    conversion_group,
    channel,
    week_start_date
