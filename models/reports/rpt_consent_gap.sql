-- Grain: one row per conversion group and channel: the assists that refused consent hides.
-- Of hidden conversions, whose persons refused consent, estimated by the assist rates of measured
-- ones. An estimate, never part of a measured figure.
with

conversions as (

    select * from {{ ref('assisted_conversions', 'int_conversion_consent') }}

),

estimates_of_types as (

    select * from {{ ref('assisted_conversions', 'int_consent_estimates') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

-- Persons are the independent units: how much more scatter a person's several conversions make.
persons as (

    select
        conversion_groups.conversion_group,
        conversions.person_id,
        count(case when not conversions.is_hidden then 1 end) as measured_conversions,
        count(case when conversions.is_hidden then 1 end) as hidden_conversions
    from conversions
    inner join conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type
    group by
        conversion_groups.conversion_group,
        conversions.person_id

),

groups as (

    select
        conversion_group,
        sum(measured_conversions) as measured_conversions,
        sum(hidden_conversions) as hidden_conversions,
        {{ ratio('sum(measured_conversions * measured_conversions)', 'sum(measured_conversions)') }}
            as measured_scatter,
        {{ ratio('sum(hidden_conversions * hidden_conversions)', 'sum(hidden_conversions)') }}
            as hidden_scatter
    from persons
    group by conversion_group

),

-- A type without measured conversions says nothing about its hidden ones.
with_rate as (

    select
        *,
        measured_conversions = 0 as is_unknown,
        (carried_over * measured_conversions / greatest(hidden_conversions, 1) + 1)
        / (measured_conversions + 2) as assist_rate
    from estimates_of_types

),

estimates as (

    select
        groups.conversion_group,
        with_rate.channel,
        groups.measured_conversions,
        groups.hidden_conversions,
        cast(sum(with_rate.measured_assists) as bigint) as measured_assists,
        cast(sum(with_rate.hidden_assists) as bigint) as hidden_assists,
        sum(greatest(with_rate.hidden_assists, with_rate.carried_over)) as estimated_assists,
        sum(case
            when with_rate.is_unknown
                then with_rate.hidden_conversions - with_rate.hidden_assists
            else 0
        end) as unknown_assists,
        1.959964 * sqrt(sum(
            case when with_rate.is_unknown then 0 else with_rate.assist_rate end
            * (1 - with_rate.assist_rate) * (
                groups.measured_scatter * with_rate.squared_weights
                + coalesce(groups.hidden_scatter, 0) * with_rate.hidden_conversions
            )
        )) as half_width
    from with_rate
    inner join conversion_groups
        on with_rate.conversion_type = conversion_groups.conversion_type
    inner join groups
        on conversion_groups.conversion_group = groups.conversion_group
    group by
        groups.conversion_group,
        with_rate.channel,
        groups.measured_conversions,
        groups.hidden_conversions

),

final as (

    select
        conversion_group,
        channel,

        measured_assists,
        estimated_assists,
        greatest(estimated_assists - half_width, hidden_assists) as estimated_low,
        least(estimated_assists + half_width + unknown_assists, hidden_conversions)
            as estimated_high,
        {{ ratio('measured_conversions', 'measured_conversions + hidden_conversions') }}
            as consented_share,

        hidden_assists,
        cast(measured_conversions as bigint) as measured_conversions,
        cast(hidden_conversions as bigint) as hidden_conversions
    from estimates

)

select * from final
