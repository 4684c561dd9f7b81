-- Grain: one row per conversion date, conversion type, channel and model of single touches.
-- A data-driven model shares a conversion among channels, so its credits need no touches.
with

performance as (

    select * from {{ ref('assisted_conversions', 'fct_channel_performance_daily') }}
    where channel != '(unattributed)'

),
{%- if data_driven_touch_models() %}

channel_values as (

    select * from {{ ref('assisted_conversions', 'int_channel_values') }}

),

data_driven_performance as (

    select
        conversion_date,
        conversion_type,
        channel,
        {%- for model in data_driven_touch_models() %}
        sum(credit_{{ model }}) as credit_{{ model }},
        {{ sum_of_amounts('value_' ~ model) }} as value_{{ model }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from channel_values
    group by
        conversion_date,
        conversion_type,
        channel

),
{%- endif %}

final as (

    {% for model in touch_models() -%}
    select
        conversion_date,
        conversion_type,
        channel,
        '{{ model }}' as attribution_model,
        credit_{{ model }} as credit,
        value_{{ model }} as credited_value
    from {{ 'performance' if model in rule_models() else 'data_driven_performance' }}
    where credit_{{ model }} is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from final
