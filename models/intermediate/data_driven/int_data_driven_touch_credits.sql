-- Grain: one row per conversion, touchpoint on its path and data-driven model in row-level form.
-- The channels on a path share the conversion by their weights, their touches alike.
{{ config(materialized='view') }}
with

touches as (

    select * from {{ ref('assisted_conversions', 'int_path_touches') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'int_conversions') }}

),

weights as (

    select * from {{ ref('assisted_conversions', 'int_data_driven_weights') }}

),

weighted as (

    select
        touches.conversion_key,
        touches.touchpoint_id,
        weights.attribution_model,
        touches.channel,
        touches.campaign,
        touches.touch_position,
        weights.weight / count(*) over (
            partition by weights.attribution_model, touches.conversion_key, touches.channel
        ) as weight
    from touches
    inner join conversions
        on touches.conversion_key = conversions.conversion_key
    inner join weights
        on conversions.conversion_type = weights.conversion_type
        and touches.channel = weights.channel

),

final as (

    select
        conversion_key,
        touchpoint_id,
        attribution_model,
        channel,
        campaign,
        touch_position,
        weight / sum(weight) over (partition by attribution_model, conversion_key) as credit
    from weighted

)

select * from final
