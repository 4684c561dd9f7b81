-- Grain: one row per attribution model in row-level form, conversion type and channel.
-- By which weights a conversion is shared among the channels on its path. Shapley weighs by the
-- conversion's own type. Markov exists where there are journeys: macro types take the weights of
-- (all macro), others their own; a type that no such group covers has no rows.
with

journey_groups as (

    select * from {{ ref('assisted_conversions', 'int_journey_groups') }}

),

markov as (

    select * from {{ ref('assisted_conversions', 'int_markov_statistics') }}

),

scenarios as (

    select distinct
        scenario_id,
        scenario
    from {{ ref('assisted_conversions', 'int_removal_scenarios') }}

),

shapley as (

    select * from {{ ref('assisted_conversions', 'int_shapley_statistics') }}

),

state_names as (

    select * from {{ ref('assisted_conversions', 'int_state_names') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

markov_groups as (

    select
        conversion_type,
        case
            when bool_or(conversion_group = '(all macro)') then '(all macro)'
            else conversion_type
        end as conversion_group
    from journey_groups
    group by conversion_type

),

credits as (

    select
        'markov_touch' as attribution_model,
        markov_groups.conversion_type,
        scenarios.scenario as channel,
        markov.credit
    from markov
    inner join scenarios
        on markov.scenario_id = scenarios.scenario_id
    inner join markov_groups
        on markov.conversion_group = markov_groups.conversion_group
    where
        markov.level = 'channel'
        and markov.credit is not null
    union all
    select
        'shapley_touch' as attribution_model,
        conversion_groups.conversion_type,
        state_names.channel,
        shapley.credit
    from shapley
    inner join state_names
        on shapley.name_id = state_names.name_id
        and state_names.level = 'channel'
    inner join conversion_groups
        on shapley.conversion_group = conversion_groups.conversion_type
        and shapley.conversion_group = conversion_groups.conversion_group
    where
        shapley.attribution_model = 'shapley'
        and shapley.name_id = shapley.other_name_id

),

final as (

    select
        attribution_model,
        conversion_type,
        channel,
        credit / sum(credit) over (partition by attribution_model, conversion_type) as weight
    from credits
    where credit > 0

)

select * from final
