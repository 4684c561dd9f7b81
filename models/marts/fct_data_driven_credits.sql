-- Grain: one row per conversion group, level, data-driven model, channel and campaign.
-- The level `campaign` has Markov credits only, without intervals.
{{ config(enabled=setting('data_driven')) }}
{%- set in_group =
    'partition by credits.conversion_group, credits.level, credits.attribution_model' %}
with

markov as (

    select * from {{ ref('assisted_conversions', 'int_markov_statistics') }}
    where
        scenario_kind = 'channel'
        and cut_share = 1

),

shapley as (

    select * from {{ ref('assisted_conversions', 'int_model_statistics') }}
    where
        attribution_model in ('shapley', 'shapley_rate')
        and channel = other_channel
        and channel != '(unattributed)'

),

state_names as (

    select distinct
        level,
        name_id,
        channel,
        campaign_name
    from {{ ref('assisted_conversions', 'int_state_names') }}

),

-- Amounts that add up to the group's value exactly.
credited_values as (

    select * from {{ ref('assisted_conversions', 'int_data_driven_values') }}

),

credits as (

    select
        markov.conversion_group,
        markov.level,
        'markov' as attribution_model,
        state_names.channel,
        state_names.campaign_name as campaign,
        markov.name,
        markov.credit,
        markov.credit_covariance as credit_variance,
        markov.removal_effect,
        markov.value_removal_effect
    from markov
    inner join state_names
        on markov.level = state_names.level
        and markov.name_id = state_names.name_id
    union all
    select
        conversion_group,
        'channel' as level,
        attribution_model,
        channel,
        null as campaign,
        channel as name,
        credit,
        credit_covariance as credit_variance,
        null as removal_effect,
        null as value_removal_effect
    from shapley

),

final as (

    select
        credits.conversion_group,
        credits.level,
        credits.attribution_model,
        credits.channel,
        credits.campaign,

        credits.credit,
        credited_values.credited_value,
        {{ ratio('credits.credit', 'sum(credits.credit) over (' ~ in_group ~ ')') }}
            as credit_share,
        credits.credit - {{ half_width('credits.credit_variance', 'credits.credit') }}
            as credit_low,
        credits.credit + {{ half_width('credits.credit_variance', 'credits.credit') }}
            as credit_high,
        credits.removal_effect,
        credits.value_removal_effect
    from credits
    inner join credited_values
        on credits.conversion_group = credited_values.conversion_group
        and credits.level = credited_values.level
        and credits.attribution_model = credited_values.attribution_model
        and credits.name = credited_values.name

)

select * from final
