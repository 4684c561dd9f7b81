-- Grain: one row per conversion group, level, data-driven model, channel and campaign.
-- The level `campaign` has Markov credits only, without errors.
with

markov as (

    select * from {{ ref('assisted_conversions', 'int_markov_statistics') }}
    where credit is not null

),

scenarios as (

    select distinct
        scenario_id,
        name_id
    from {{ ref('assisted_conversions', 'int_removal_scenarios') }}
    where scenario_kind = 'channel'

),

shapley as (

    select * from {{ ref('assisted_conversions', 'int_shapley_statistics') }}
    where name_id = other_name_id

),

state_names as (

    select distinct
        level,
        name_id,
        channel,
        campaign_name
    from {{ ref('assisted_conversions', 'int_state_names') }}

),

credits as (

    select
        markov.conversion_group,
        markov.level,
        'markov' as attribution_model,
        scenarios.name_id,
        markov.credit,
        markov.credited_value,
        markov.credit_covariance as credit_variance,
        markov.removal_effect,
        markov.value_removal_effect
    from markov
    inner join scenarios
        on markov.scenario_id = scenarios.scenario_id
    union all
    select
        conversion_group,
        'channel' as level,
        attribution_model,
        name_id,
        credit,
        credited_value,
        credit_covariance as credit_variance,
        cast(null as double) as removal_effect,
        cast(null as double) as value_removal_effect
    from shapley

),

final as (

    select
        credits.conversion_group,
        credits.level,
        credits.attribution_model,
        state_names.channel,
        state_names.campaign_name as campaign,

        credits.credit,
        {{ money('credits.credited_value') }} as credited_value,
        {{ ratio(
            'credits.credit',
            'sum(credits.credit) over (partition by credits.conversion_group, credits.level, '
            ~ 'credits.attribution_model)'
        ) }} as credit_share,
        credits.credit - {{ half_width('credits.credit_variance', 'credits.credit') }}
            as credit_low,
        credits.credit + {{ half_width('credits.credit_variance', 'credits.credit') }}
            as credit_high,
        credits.removal_effect,
        credits.value_removal_effect
    from credits
    inner join state_names
        on credits.level = state_names.level
        and credits.name_id = state_names.name_id

)

select * from final
