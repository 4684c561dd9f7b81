-- Grain: one row per conversion group, level, classic data-driven model and channel, or channel and
-- campaign.
-- Credited values as amounts that add up to the group's value exactly: each is rounded down, and
-- what is left goes to those with the largest remainders.
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

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}
    where is_attributed

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

totals as (

    select
        conversion_groups.conversion_group,
        {{ sum_of_amounts('conversions.conversion_value') }} as conversion_value
    from conversions
    inner join conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type
    group by conversion_groups.conversion_group

),

-- In units of the last decimal of an amount, without what depends on the order of the rows.
credits as (

    select
        conversion_group,
        level,
        'markov' as attribution_model,
        name,
        {{ rounded('credited_value * 10000', 3) }} as units
    from markov
    union all
    select
        conversion_group,
        'channel' as level,
        attribution_model,
        channel as name,
        {{ rounded('credited_value * 10000', 3) }} as units
    from shapley

),

rounded as (

    select
        *,
        cast(floor(units) / 10000 as {{ amount_sum_type() }}) as credited_value,
        row_number() over (
            partition by conversion_group, level, attribution_model
            order by units - floor(units) desc, name
        ) as remainder_rank
    from credits

),

sums as (

    select
        conversion_group,
        level,
        attribution_model,
        count(*) as names,
        sum(credited_value) as credited_value
    from rounded
    group by
        conversion_group,
        level,
        attribution_model

),

-- The units that are left: fewer than there are names, unless a sum has more digits than a double.
with_rest as (

    select
        rounded.*,
        sums.names,
        round({{ as_double('totals.conversion_value - sums.credited_value') }} * 10000) as rest
    from rounded
    inner join sums
        on rounded.conversion_group = sums.conversion_group
        and rounded.level = sums.level
        and rounded.attribution_model = sums.attribution_model
    inner join totals
        on rounded.conversion_group = totals.conversion_group

),

with_units as (

    select
        *,
        floor(rest / names)
        + case when remainder_rank <= rest - names * floor(rest / names) then 1 else 0 end
            as units_more
    from with_rest

),

final as (

    select
        conversion_group,
        level,
        attribution_model,
        name,
        cast(
            credited_value + cast(units_more / 10000 as {{ amount_sum_type() }})
            as {{ amount_sum_type() }}
        ) as credited_value
    from with_units

)

select * from final
