-- Grain: one row per conversion date, conversion type, channel and model of single touches.
-- In a data-driven model the channels on a path share its conversion by their weights, so its
-- credits per channel need no touches.
with

performance as (

    select * from {{ ref('assisted_conversions', 'fct_channel_performance_daily') }}
    where channel != '(unattributed)'

),
{%- if data_driven_touch_models() %}

conversion_channels as (

    select * from {{ ref('assisted_conversions', 'fct_assisted_conversions') }}

),

weights as (

    select * from {{ ref('assisted_conversions', 'int_data_driven_weights') }}

),

weighted as (

    select
        conversion_channels.conversion_key,
        conversion_channels.conversion_date,
        conversion_channels.conversion_type,
        conversion_channels.channel,
        cast(conversion_channels.conversion_value as double) as conversion_value,
        {%- for model in data_driven_touch_models() %}
        weights.weight_{{ model }}{{ ',' if not loop.last }}
        {%- endfor %}
    from conversion_channels
    inner join weights
        on conversion_channels.conversion_type = weights.conversion_type
        and conversion_channels.channel = weights.channel

),

path_weights as (

    select
        conversion_key,
        {%- for model in data_driven_touch_models() %}
        sum(weight_{{ model }}) as weight_{{ model }}{{ ',' if not loop.last }}
        {%- endfor %}
    from weighted
    group by conversion_key

),

credits as (

    select
        weighted.conversion_date,
        weighted.conversion_type,
        weighted.channel,
        weighted.conversion_value,
        {%- for model in data_driven_touch_models() %}
        weighted.weight_{{ model }} / path_weights.weight_{{ model }} as credit_{{ model }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from weighted
    inner join path_weights
        on weighted.conversion_key = path_weights.conversion_key

),

data_driven_performance as (

    select
        conversion_date,
        conversion_type,
        channel,
        {%- for model in data_driven_touch_models() %}
        sum(credit_{{ model }}) as credit_{{ model }},
        {{ money('sum(credit_' ~ model ~ ' * conversion_value)') }} as value_{{ model }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from credits
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
