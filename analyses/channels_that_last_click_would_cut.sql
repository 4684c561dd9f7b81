-- Question: which channels look worthless by last click, and what would cutting them have cost?
-- Reading: a channel is listed where it closes less than 2 % of the group's conversions, yet takes
--     part in 5 % or more. `closes_per_100` is all that last click sees of it. `linear_credit` and
--     `markov_credit` say what two models see that look at the whole path; `conversions_at_risk` is
--     what the Markov model says is lost if the channel goes and nobody comes back another way, and
--     at most the conversions that it takes part in. Assists do not add up over channels.
{{ config(
    enabled=project_name == 'assisted_conversions'
    and is_switched_on('rpt_channel_assists')
    and is_switched_on('rpt_model_comparison')
    and is_switched_on('rpt_channel_removal')
) }}
with

roles as (

    select
        assists.conversion_group,
        assists.channel,
        assists.conversions,
        assists.assisted_conversions,
        assists.last_conversions,
        assists.cost,
        totals.last_conversions as all_conversions
    from {{ ref('assisted_conversions', 'rpt_channel_assists') }} as assists
    inner join {{ ref('assisted_conversions', 'rpt_channel_assists') }} as totals
        on
            assists.conversion_group = totals.conversion_group
            and totals.channel = '(total)'
    where assists.channel not in ('(total)', '(unattributed)')

),

credits as (

    select
        conversion_group,
        channel,
        max(case when attribution_model = 'linear' then credit end) as linear_credit,
        max(case when attribution_model = 'markov' then credit end) as markov_credit
    from {{ ref('assisted_conversions', 'rpt_model_comparison') }}
    group by
        conversion_group,
        channel

),

removals as (

    select
        conversion_group,
        channels as channel,
        conversions_at_risk
    from {{ ref('assisted_conversions', 'rpt_channel_removal') }}
    where
        scenario_kind = 'channel'
        and cut_share = 1

)

select
    roles.conversion_group,
    roles.channel,
    roles.cost,
    100.0 * roles.last_conversions / roles.all_conversions as closes_per_100,
    100.0 * roles.assisted_conversions / roles.all_conversions as assists_per_100,
    credits.linear_credit,
    credits.markov_credit,
    removals.conversions_at_risk
from roles
left join credits
    on
        roles.conversion_group = credits.conversion_group
        and roles.channel = credits.channel
left join removals
    on
        roles.conversion_group = removals.conversion_group
        and roles.channel = removals.channel
where
    roles.last_conversions < 0.02 * roles.all_conversions
    and roles.conversions >= 0.05 * roles.all_conversions
order by
    roles.conversion_group,
    assists_per_100 desc
