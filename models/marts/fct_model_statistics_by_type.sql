-- Grain: one row per conversion type, attribution model and unordered pair of channels.
-- Credits (on the pair of a channel with itself) and their covariances, of every model that credits
-- the touches of each conversion: sums over conversions of a v and (a v) (b v).
with

daily_moments as (

    select * from {{ ref('assisted_conversions', 'int_daily_credit_moments') }}

),

set_credits as (

    select * from {{ ref('assisted_conversions', 'int_set_credits') }}

),

rule_pairs as (

    select
        conversion_type,
        channel,
        other_channel,
        {%- for model in rule_models() %}
        sum(credit_{{ model }}) as credit_{{ model }},
        sum(value_{{ model }}) as value_{{ model }},
        sum(credit_covariance_{{ model }}) as credit_covariance_{{ model }},
        sum(value_covariance_{{ model }}) as value_covariance_{{ model }},
        sum(value_total_covariance_{{ model }}) as value_total_covariance_{{ model }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from daily_moments
    group by
        conversion_type,
        channel,
        other_channel

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
