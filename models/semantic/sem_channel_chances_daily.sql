-- Grain: one row per conversion date, conversion type and channel that is on any path.
-- How many conversions with a path there were, the same for each channel, whether it took part or
-- not: what the assist rate of a channel divides by.
{{ config(materialized='view', enabled=setting('semantic_layer')) }}
with

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}
    where is_attributed

),

performance as (

    select * from {{ ref('assisted_conversions', 'fct_channel_performance_daily') }}
    where channel != '(unattributed)'

),

channels as (

    select distinct channel
    from performance

),

days as (

    select
        conversion_date,
        conversion_type,
        count(*) as conversions_with_path
    from conversions
    group by conversion_date, conversion_type

),

final as (

    select
        days.conversion_date,
        days.conversion_type,
        channels.channel,
        days.conversions_with_path
    from days
    cross join channels

)

select * from final
