-- Grain: one row per conversion date, conversion type, channel and model of row-level credits.
with

performance as (

    select * from {{ ref('fct_channel_performance_daily') }}
    where channel != '(unattributed)'

),

data_driven_credits as (

    select * from {{ ref('int_data_driven_touch_credits') }}

),

conversions as (

    select * from {{ ref('int_conversions') }}

),

final as (

    {% for model in rule_models() -%}
    select
        conversion_date,
        conversion_type,
        channel,
        '{{ model }}' as attribution_model,
        credit_{{ model }} as credit,
        value_{{ model }} as credited_value
    from performance
    union all
    {% endfor -%}
    select
        conversions.conversion_date,
        conversions.conversion_type,
        credits.channel,
        credits.attribution_model,
        sum(credits.credit) as credit,
        cast(
            sum(credits.credit * cast(conversions.conversion_value as double)) as decimal(18, 4)
        ) as credited_value
    from data_driven_credits as credits
    inner join conversions
        on credits.conversion_key = conversions.conversion_key
    group by
        conversions.conversion_date,
        conversions.conversion_type,
        credits.channel,
        credits.attribution_model

)

select * from final
