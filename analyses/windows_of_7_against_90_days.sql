-- Question: which channels lose their assists when the lookback window is short?
-- Reading: `kept_share` is the share of the assists of 90 days that 7 days still see. Channels far
--     below the others open journeys long before the end; a platform that reports by a window of
--     seven days never sees them. `ranks_lost` says how many places the channel falls.
-- The windows are two of var `sensitivity_lookback_days`: name others here if it is changed.
{{ config(
    enabled=project_name == 'assisted_conversions'
    and is_switched_on('rpt_lookback_sensitivity')
) }}
{%- set short, long = 7, 90 %}
select
    long_window.conversion_group,
    long_window.channel,
    long_window.assisted_conversions as assisted_conversions_{{ long }},
    coalesce(short_window.assisted_conversions, 0) as assisted_conversions_{{ short }},
    1.0 * coalesce(short_window.assisted_conversions, 0)
    / nullif(long_window.assisted_conversions, 0) as kept_share,
    short_window.assist_rank - long_window.assist_rank as ranks_lost
from {{ ref('assisted_conversions', 'rpt_lookback_sensitivity') }} as long_window
left join {{ ref('assisted_conversions', 'rpt_lookback_sensitivity') }} as short_window
    on
        long_window.conversion_group = short_window.conversion_group
        and long_window.channel = short_window.channel
        and short_window.lookback_days = {{ short }}
where long_window.lookback_days = {{ long }}
order by
    long_window.conversion_group,
    kept_share
