-- Grain: one row per conversion type and channel: assists of measured and of hidden conversions,
-- and what the measured ones say about the hidden ones.
with

conversions as (

    select * from {{ ref('assisted_conversions', 'int_conversion_consent') }}

),

cells as (

    select * from {{ ref('assisted_conversions', 'int_consent_cells') }}

),

roles as (

    select * from {{ ref('assisted_conversions', 'fct_assisted_conversions') }}

),

types as (

    select
        conversion_type,
        sum(measured_conversions) as measured_conversions,
        sum(hidden_conversions) as hidden_conversions,
        sum(measured_conversions * weight * weight) as squared_weights
    from cells
    group by conversion_type

),

assists as (

    select
        conversions.conversion_type,
        roles.channel,
        count(case when roles.is_assist and not conversions.is_hidden then 1 end)
            as measured_assists,
        count(case when roles.is_assist and conversions.is_hidden then 1 end) as hidden_assists,
        sum(case when roles.is_assist and not conversions.is_hidden then cells.weight else 0 end)
            as carried_over
    from conversions
    inner join roles
        on conversions.conversion_key = roles.conversion_key
    inner join cells
        on
            conversions.conversion_type = cells.conversion_type
            and {{ is_same('conversions.device_type', 'cells.device_type') }}
            and {{ is_same('conversions.country', 'cells.country') }}
            and conversions.week_start_date = cells.week_start_date
    group by
        conversions.conversion_type,
        roles.channel

),

final as (

    select
        assists.conversion_type,
        assists.channel,
        assists.measured_assists,
        assists.hidden_assists,
        assists.carried_over,
        types.measured_conversions,
        types.hidden_conversions,
        types.squared_weights
    from assists
    inner join types
        on assists.conversion_type = types.conversion_type

)

select * from final
