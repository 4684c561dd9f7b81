-- Grain: one row per conversion type and channel that a data-driven model credits.
-- The weights by which the channels on a path share its conversion. Shapley takes the shares of the
-- conversion's own type: each set of channels shares its conversions equally. Markov exists where
-- there are journeys without conversion: macro types take the shares of (all macro), other types
-- those of their own group.
{{ config(enabled=setting('data_driven')) }}
with

markov as (

    select * from {{ ref('assisted_conversions', 'int_markov_statistics') }}
    where
        level = 'channel'
        and scenario_kind = 'channel'
        and cut_share = 1

),

channel_sets as (

    select
        *,
        count(*) over (partition by conversion_group, set_id) as channels
    from {{ ref('assisted_conversions', 'int_channel_sets') }}

),

conversion_types as (

    select * from {{ rule('conversion_types') }}

),

journey_groups as (

    select * from {{ ref('assisted_conversions', 'int_journey_groups') }}

),

markov_groups as (

    select
        conversion_type,
        case
            when {{ dbt.bool_or("conversion_group = '(all macro)'") }} then '(all macro)'
            else conversion_type
        end as conversion_group
    from journey_groups
    group by conversion_type

),

credits as (

    select
        'markov_touch' as attribution_model,
        markov_groups.conversion_type,
        markov.scenario as channel,
        markov.credit
    from markov
    inner join markov_groups
        on markov.conversion_group = markov_groups.conversion_group
    union all
    select
        'shapley_touch' as attribution_model,
        conversion_types.conversion_type,
        channel_sets.channel,
        {{ as_double(
            'sum(' ~ exact(ratio('channel_sets.conversions', 'channel_sets.channels')) ~ ')'
        ) }} as credit
    from channel_sets
    inner join conversion_types
        on channel_sets.conversion_group = conversion_types.conversion_type
    group by
        conversion_types.conversion_type,
        channel_sets.channel

),

weights as (

    select
        attribution_model,
        conversion_type,
        channel,
        credit / sum(credit) over (partition by attribution_model, conversion_type) as weight
    from credits
    where credit > 0

),

final as (

    select
        conversion_type,
        channel,
        {%- for model in data_driven_touch_models() %}
        sum(case when attribution_model = '{{ model }}' then weight end) as weight_{{ model }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from weights
    group by
        conversion_type,
        channel

)

select * from final
