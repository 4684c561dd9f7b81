-- Grain: one row per conversion group, level, data-driven model, channel and campaign.
-- The level `campaign` has Markov credits only, without intervals.
{{ config(enabled=setting('data_driven')) }}
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

credits as (

    select
        markov.conversion_group,
        markov.level,
        'markov' as attribution_model,
        state_names.channel,
        state_names.campaign_name as campaign,
        markov.credit,
        markov.credited_value,
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
        credit,
        credited_value,
        credit_covariance as credit_variance,
        null as removal_effect,
        null as value_removal_effect
    from shapley

),

final as (

    select
        conversion_group,
        level,
        attribution_model,
        channel,
        campaign,

        credit,
        {{ money('credited_value') }} as credited_value,
        {{ ratio(
            'credit',
            'sum(credit) over (partition by conversion_group, level, attribution_model)'
        ) }} as credit_share,
        credit - {{ half_width('credit_variance', 'credit') }} as credit_low,
        credit + {{ half_width('credit_variance', 'credit') }} as credit_high,
        removal_effect,
        value_removal_effect
    from credits

)

select * from final
