-- Grain: one row per conversion type, attribution model and unordered pair of channels.
-- Credits (on the pair of a channel with itself) and their covariances, of every model that credits
-- the touches of each conversion: sums over conversions of a v and (a v) (b v).
with

channel_credits as (

    select * from {{ ref('int_channel_credits') }}

),

conversions as (

    select * from {{ ref('int_conversions') }}

),

set_credits as (

    select * from {{ ref('int_set_credits') }}

),

state_names as (

    select * from {{ ref('int_state_names') }}
    where level = 'channel'

),

-- Numbers in place of texts: the pairs are many.
type_channels as (

    select
        types.conversion_type,
        state_names.channel,
        cast(row_number() over (order by types.conversion_type, state_names.channel) as integer)
            as type_channel_id
    from (select distinct conversion_type from conversions) as types
    cross join state_names

),

numbered as (

    select
        channel_credits.* {{ except_columns(['channel_hash']) }},
        cast(conversions.conversion_value as double) as conversion_value,
        type_channels.type_channel_id
    from channel_credits
    inner join conversions
        on channel_credits.conversion_hash = {{ row_hash(['conversions.conversion_key']) }}
    inner join type_channels
        on conversions.conversion_type = type_channels.conversion_type
        and channel_credits.channel_hash = {{ row_hash(['type_channels.channel']) }}

),

numbered_pairs as (

    select
        one.type_channel_id,
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
        other.type_channel_id as other_id
    from numbered as one
    inner join numbered as other
        on one.conversion_hash = other.conversion_hash
        and one.type_channel_id <= other.type_channel_id
    group by
        one.type_channel_id,
        other.type_channel_id

),

rule_pairs as (

    select
        numbered_pairs.*,
        one.conversion_type,
        one.channel,
        other.channel as other_channel
    from numbered_pairs
    inner join type_channels as one
        on numbered_pairs.type_channel_id = one.type_channel_id
    inner join type_channels as other
        on numbered_pairs.other_id = other.type_channel_id

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
    from set_credits as one
    inner join set_credits as other
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
