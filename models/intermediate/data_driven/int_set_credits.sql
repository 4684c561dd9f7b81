-- Grain: one row per data-driven model in row-level form, conversion type, set of channels and
-- channel in it. Such a model credits all conversions of one set of channels alike.
with

channel_sets as (

    select * from {{ ref('assisted_conversions', 'int_channel_sets') }}
    where conversions > 0

),

weights as (

    select * from {{ ref('assisted_conversions', 'int_data_driven_weights') }}

),

state_names as (

    select * from {{ ref('assisted_conversions', 'int_state_names') }}
    where level = 'channel'

),

final as (

    select
        weights.attribution_model,
        weights.conversion_type,
        channel_sets.set_id,
        weights.channel,

        weights.weight / sum(weights.weight) over (
            partition by weights.attribution_model, weights.conversion_type, channel_sets.set_id
        ) as credit,
        channel_sets.conversions,
        channel_sets.value_sum,
        channel_sets.value_square_sum
    from channel_sets
    inner join state_names
        on channel_sets.name_id = state_names.name_id
    inner join weights
        on channel_sets.conversion_group = weights.conversion_type
        and state_names.channel = weights.channel

)

select * from final
