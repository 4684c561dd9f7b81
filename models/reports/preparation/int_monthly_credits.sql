-- Grain: one row per conversion type, month, channel and attribution model.
{{ config(schema='intermediate') }}
with

daily_credits as (

    select * from {{ ref('assisted_conversions', 'fct_attribution_credits_daily') }}

),

unattributed as (

    select * from {{ ref('assisted_conversions', 'fct_channel_performance_daily') }}
    where channel = '(unattributed)'

),

models as (

    select distinct attribution_model from daily_credits
    {%- for model in rule_models() %}
    union distinct
    select '{{ model }}' as attribution_model
    {%- endfor %}

),

-- No model credits an empty path: what is unattributed is so under each.
unioned as (

    select
        conversion_type,
        conversion_date,
        channel,
        attribution_model,
        credit,
        credited_value
    from daily_credits
    union all
    select
        unattributed.conversion_type,
        unattributed.conversion_date,
        unattributed.channel,
        models.attribution_model,
        unattributed.credit_last_touch as credit,
        unattributed.value_last_touch as credited_value
    from unattributed
    cross join models

),

final as (

    select
        conversion_type,
        {{ month_name('conversion_date') }} as month,
        channel,
        attribution_model,

        sum(credit) as credit,
        sum(credited_value) as credited_value
    from unioned
    group by
        conversion_type,
        {{ month_name('conversion_date') }},
        channel,
        attribution_model

)

select * from final
