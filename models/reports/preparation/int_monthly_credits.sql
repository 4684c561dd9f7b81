-- Grain: one row per conversion type, month, channel and attribution model.
-- The rule models' credits are summed by day already; the others stand per touch.
{{ config(schema='intermediate') }}
with

performance as (

    select
        *,
        {{ month_name('conversion_date') }} as month
    from {{ ref('fct_channel_performance_daily') }}

),

touch_credits as (

    select * from {{ ref('fct_attribution_credits') }}
    where attribution_model not in ({{ quoted_list(rule_models()) }})

),

conversions as (

    select
        *,
        {{ month_name('conversion_date') }} as month
    from {{ ref('fct_conversions') }}

),

touch_models as (

    select
        conversions.conversion_type,
        conversions.month,
        touch_credits.channel,
        touch_credits.attribution_model,
        sum(touch_credits.credit) as credit,
        sum(touch_credits.credit * cast(conversions.conversion_value as double)) as credited_value
    from touch_credits
    inner join conversions
        on touch_credits.conversion_key = conversions.conversion_key
    group by
        conversions.conversion_type,
        conversions.month,
        touch_credits.channel,
        touch_credits.attribution_model

),

rule_credits as (

    {% for model in rule_models() -%}
        select
            conversion_type,
            month,
            channel,
            '{{ model }}' as attribution_model,
            sum(credit_{{ model }}) as credit,
            sum(value_{{ model }}) as credited_value
        from performance
        group by
            conversion_type,
            month,
            channel
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

models as (

    select distinct attribution_model from touch_models

),

-- No model credits an empty path: what is unattributed is so under each.
unattributed as (

    select
        rule_credits.conversion_type,
        rule_credits.month,
        rule_credits.channel,
        models.attribution_model,
        rule_credits.credit,
        rule_credits.credited_value
    from rule_credits
    cross join models
    where
        rule_credits.channel = '(unattributed)'
        and rule_credits.attribution_model = 'last_touch'

),

final as (

    select * from rule_credits
    union all
    select * from touch_models
    union all
    select * from unattributed

)

select * from final
