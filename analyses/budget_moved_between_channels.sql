-- Question: what if this share of one channel's spend went to another?
-- Reading: per model, conversions given up and gained at each channel's average cost per credit.
--     Last click and whole-path models often disagree on the sign: then no budget should move on
--     attribution alone, and a lift test is due. The next dollar buys less than the average one, so
--     read gains as an upper bound, for small shares only.
{{ config(
    enabled=project_name == 'assisted_conversions'
    and is_switched_on('rpt_channel_costs')
) }}
{%- set from_channel, to_channel, moved_share = 'Paid Social', 'Paid Search', 0.1 %}
with

costs as (

    select * from {{ ref('assisted_conversions', 'rpt_channel_costs') }}
    where period = '(all)'

),

moved as (

    select
        given.conversion_group,
        given.attribution_model,
        {{ moved_share }} * given.cost as moved_cost,
        {{ moved_share }} * given.credit as conversions_given_up,
        {{ moved_share }} * given.cost / nullif(taken.cost_per_credit, 0) as conversions_gained,
        {{ moved_share }} * given.credited_value as value_given_up,
        {{ moved_share }} * given.cost * taken.return_on_spend as value_gained
    from costs as given
    inner join costs as taken
        on
            given.conversion_group = taken.conversion_group
            and given.attribution_model = taken.attribution_model
            and taken.channel = '{{ to_channel }}'
    where given.channel = '{{ from_channel }}'

)

select
    *,
    conversions_gained - conversions_given_up as conversions_won,
    value_gained - value_given_up as value_won
from moved
order by
    conversion_group,
    attribution_model
