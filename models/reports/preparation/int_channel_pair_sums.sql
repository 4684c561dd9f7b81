-- Grain: one row per conversion type, assisting channel and closing channel.
-- Plain sums over fct_assisted_conversions, for reports to add up. A channel may assist itself.
{{ config(schema='intermediate') }}
with

assisted as (

    select * from {{ ref('assisted_conversions', 'fct_assisted_conversions') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}

),

final as (

    select
        assisted.conversion_type,
        assisted.channel as assisting_channel,
        conversions.last_channel as closing_channel,

        count(*) as conversions,
        cast(sum(assisted.conversion_value) as decimal(18, 4)) as conversion_value
    from assisted
    inner join conversions
        on assisted.conversion_key = conversions.conversion_key
    where assisted.is_assist
    group by
        assisted.conversion_type,
        assisted.channel,
        conversions.last_channel

)

select * from final
