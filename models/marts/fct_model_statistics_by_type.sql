-- Grain: one row per conversion type, attribution model and unordered pair of channels.
-- Credits (on the pair of a channel with itself) and their covariances, of every model that credits
-- the touches of each conversion: sums over conversions of a v and (a v) (b v).
{%- set data_driven = ['markov_touch', 'shapley_touch'] %}
with

touches as (

    select * from {{ ref('fct_conversion_touches') }}

),

conversions as (

    select * from {{ ref('int_conversions') }}

),

weights as (

    select * from {{ ref('int_data_driven_weights') }}

),

channel_sets as (

    select * from {{ ref('int_channel_sets') }}
    where conversions > 0

),

state_names as (

    select * from {{ ref('int_state_names') }}
    where level = 'channel'

),

conversion_channels as (

    select
        touches.conversion_key,
        touches.channel,
        {%- for model in rule_models() %}
        sum(touches.credit_{{ model }}) as credit_{{ model }},
        {%- endfor %}
        min(conversions.conversion_type) as conversion_type,
        cast(min(conversions.conversion_value) as double) as conversion_value
    from touches
    inner join conversions
        on touches.conversion_key = conversions.conversion_key
    group by
        touches.conversion_key,
        touches.channel

),

rule_pairs as (

    select
        one.conversion_type,
        {%- for model in rule_models() %}
        sum(one.credit_{{ model }}) as credit_{{ model }},
        sum(one.credit_{{ model }} * one.conversion_value) as value_{{ model }},
        sum(one.credit_{{ model }} * other.credit_{{ model }}) as credit_covariance_{{ model }},
        sum(
            one.credit_{{ model }} * other.credit_{{ model }}
            * one.conversion_value * one.conversion_value
        ) as value_covariance_{{ model }},
        sum(one.credit_{{ model }} * one.conversion_value * one.conversion_value)
            as value_total_covariance_{{ model }},
        {%- endfor %}
        one.channel,
        other.channel as other_channel
    from conversion_channels as one
    inner join conversion_channels as other
        on one.conversion_key = other.conversion_key
        and one.channel <= other.channel
    group by
        one.conversion_type,
        one.channel,
        other.channel

),

-- The row-level form credits all conversions of one set of channels alike.
set_shares as (

    select
        weights.attribution_model,
        weights.conversion_type,
        channel_sets.set_id,
        weights.channel,
        weights.weight / sum(weights.weight) over (
            partition by
                weights.attribution_model, channel_sets.conversion_group, channel_sets.set_id
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

),

final as (

    {% for model in rule_models() -%}
    select
        conversion_type,
        '{{ model }}' as attribution_model,
        channel,
        other_channel,
        credit_{{ model }} as credit,
        value_{{ model }} as credited_value,
        credit_covariance_{{ model }} as credit_covariance,
        value_covariance_{{ model }} as value_covariance,
        credit_{{ model }} as credit_total_covariance,
        value_total_covariance_{{ model }} as value_total_covariance
    from rule_pairs
    union all
    {% endfor -%}
    select
        one.conversion_type,
        one.attribution_model,
        one.channel,
        other.channel as other_channel,
        sum(one.credit * one.conversions) as credit,
        sum(one.credit * one.value_sum) as credited_value,
        sum(one.credit * other.credit * one.conversions) as credit_covariance,
        sum(one.credit * other.credit * one.value_square_sum) as value_covariance,
        sum(one.credit * one.conversions) as credit_total_covariance,
        sum(one.credit * one.value_square_sum) as value_total_covariance
    from set_shares as one
    inner join set_shares as other
        on one.attribution_model = other.attribution_model
        and one.conversion_type = other.conversion_type
        and one.set_id = other.set_id
        and one.channel <= other.channel
    group by
        one.conversion_type,
        one.attribution_model,
        one.channel,
        other.channel

)

select * from final
