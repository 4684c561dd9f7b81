-- Question: how many conversions, and how much value, are at risk if a channel is cut?
-- Reading: `risk_low` to `risk_high` is the 95 % interval of the conversions at risk. They say what
--     the Markov model loses without the channel's visits, all else staying as it was. That is no
--     bound: people who would come back another way make the true loss smaller, and where journeys
--     are not of the model's order it may be larger. `conversions_with_channel` bounds it. Compare
--     `value_at_risk` with `cost_saved`.
-- Cuts of two channels at once are in the report as `pair`: never add up single cuts.
{{ config(
    enabled=project_name == 'assisted_conversions'
    and is_switched_on('rpt_channel_removal')
    and is_switched_on('rpt_channel_assists')
) }}
select
    removals.conversion_group,
    removals.channels,
    removals.cut_share,
    removals.conversions_at_risk,
    removals.risk_low,
    removals.risk_high,
    removals.conversions_with_channel,
    removals.value_at_risk,
    removals.cut_share * assists.cost as cost_saved
from {{ ref('assisted_conversions', 'rpt_channel_removal') }} as removals
left join {{ ref('assisted_conversions', 'rpt_channel_assists') }} as assists
    on
        removals.conversion_group = assists.conversion_group
        and removals.channels = assists.channel
where
    removals.scenario_kind = 'channel'
    and removals.cut_share in (0.2, 0.5, 1)
order by
    removals.conversion_group,
    removals.channels,
    removals.cut_share
