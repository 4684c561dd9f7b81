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

model_names as (

    {% for model in touch_models() -%}
    select '{{ model }}' as attribution_model
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

-- A row of each model, by a join: a union would have Spark calculate the sums once for each model.
by_model as (

    select
        performance.conversion_date,
        performance.conversion_type,
        performance.channel,
        model_names.attribution_model,
        {{ figure_of_model('credit', rule_models()) | indent(8) }} as credit,
        {{ figure_of_model('value', rule_models()) | indent(8) }} as credited_value
    from performance
    cross join model_names
    {%- if data_driven_touch_models() %}
    union all
    select
        data_driven_performance.conversion_date,
        data_driven_performance.conversion_type,
        data_driven_performance.channel,
        model_names.attribution_model,
        {{ figure_of_model('credit', data_driven_touch_models()) | indent(8) }} as credit,
        {{ figure_of_model('value', data_driven_touch_models()) | indent(8) }} as credited_value
    from data_driven_performance
    cross join model_names
    {%- endif %}

),

final as (

    select *
    from by_model
    where credit is not null

)

select * from final
