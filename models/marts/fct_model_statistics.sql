-- Grain: one row per conversion group, attribution model and unordered pair of channels.
-- Credits, on the pair of a channel with itself, and covariances of credits, of all models.
with

touch_models as (

    select * from {{ ref('assisted_conversions', 'fct_model_statistics_by_type') }}

),

shapley as (

    select * from {{ ref('assisted_conversions', 'int_shapley_statistics') }}

),

markov as (

    select * from {{ ref('assisted_conversions', 'int_markov_statistics') }}
    where credit_covariance is not null

),

scenarios as (

    select * from {{ ref('assisted_conversions', 'int_removal_scenarios') }}

),

state_names as (

    select * from {{ ref('assisted_conversions', 'int_state_names') }}
    where level = 'channel'

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

covered_groups as (

    select * from {{ ref('assisted_conversions', 'int_touch_model_groups') }}

),

-- Conversions are independent of each other: credits and covariances of types add up.
touch_model_groups as (

    select
        covered_groups.conversion_group,
        touch_models.attribution_model,
        touch_models.channel,
        touch_models.other_channel,
        sum(touch_models.credit) as credit,
        sum(touch_models.credited_value) as credited_value,
        sum(touch_models.credit_covariance) as credit_covariance,
        sum(touch_models.value_covariance) as value_covariance,
        sum(touch_models.credit_total_covariance) as credit_total_covariance,
        sum(touch_models.value_total_covariance) as value_total_covariance
    from touch_models
    inner join conversion_groups
        on touch_models.conversion_type = conversion_groups.conversion_type
    inner join covered_groups
        on conversion_groups.conversion_group = covered_groups.conversion_group
        and touch_models.attribution_model = covered_groups.attribution_model
    group by
        covered_groups.conversion_group,
        touch_models.attribution_model,
        touch_models.channel,
        touch_models.other_channel

),

markov_pairs as (

    select
        scenario_id,
        min(name) as channel,
        max(name) as other_channel
    from scenarios
    group by scenario_id

),

final as (

    select
        conversion_group,
        attribution_model,
        channel,
        other_channel,
        case when channel = other_channel then credit end as credit,
        case when channel = other_channel then credited_value end as credited_value,
        credit_covariance,
        value_covariance,
        credit_total_covariance,
        value_total_covariance
    from touch_model_groups
    union all
    select
        shapley.conversion_group,
        shapley.attribution_model,
        least(one.channel, other.channel) as channel,
        greatest(one.channel, other.channel) as other_channel,
        shapley.credit,
        shapley.credited_value,
        shapley.credit_covariance,
        shapley.value_covariance,
        shapley.credit_total_covariance,
        shapley.value_total_covariance
    from shapley
    inner join state_names as one
        on shapley.name_id = one.name_id
    inner join state_names as other
        on shapley.other_name_id = other.name_id
    union all
    select
        markov.conversion_group,
        'markov' as attribution_model,
        markov_pairs.channel,
        markov_pairs.other_channel,
        markov.credit,
        markov.credited_value,
        markov.credit_covariance,
        markov.value_covariance,
        markov.credit_total_covariance,
        markov.value_total_covariance
    from markov
    inner join markov_pairs
        on markov.scenario_id = markov_pairs.scenario_id

)

select * from final
