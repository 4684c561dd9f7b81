-- Grain: one row per conversion, touchpoint on its path and attribution model.
-- A view: int_touch_values has the credits of the rule models, a column each; here each is a row.
-- In data-driven models the touches of a channel share equally what int_channel_values gives it.
{{ config(materialized='view') }}
with

touch_values as (

    select * from {{ ref('assisted_conversions', 'int_touch_values') }}

),
{%- if data_driven_touch_models() %}

touches as (

    select * from {{ ref('assisted_conversions', 'fct_conversion_touches') }}

),

channel_values as (

    select * from {{ ref('assisted_conversions', 'int_channel_values') }}

),

numbered_touches as (

    select
        conversion_key,
        touchpoint_id,
        channel,
        campaign,
        row_number() over (
            partition by conversion_key, channel
            order by touch_position
        ) as channel_touch_number
    from touches

),

data_driven_values as (

    select
        numbered_touches.conversion_key,
        numbered_touches.touchpoint_id,
        numbered_touches.channel,
        numbered_touches.campaign,
        {%- for model in data_driven_touch_models() %}
        {%- set value = 'cast(channel_values.value_' ~ model ~ ' as ' ~ double_type() ~ ') '
            ~ '/ channel_values.touch_count' %}
        channel_values.credit_{{ model }} / channel_values.touch_count as credit_{{ model }},
        cast(
            case
                when numbered_touches.channel_touch_number = channel_values.touch_count
                    then channel_values.value_{{ model }}
                else {{ money(value ~ ' * numbered_touches.channel_touch_number', amount_type()) }}
            end
            - {{ money(value ~ ' * (numbered_touches.channel_touch_number - 1)', amount_type()) }}
            as {{ amount_type() }}
        ) as value_{{ model }}{{ ',' if not loop.last }}
        {%- endfor %}
    from numbered_touches
    inner join channel_values
        on numbered_touches.conversion_key = channel_values.conversion_key
        and numbered_touches.channel = channel_values.channel

),
{%- endif %}

final as (

    {% for model in touch_models() -%}
    select
        conversion_key,
        touchpoint_id,
        '{{ model }}' as attribution_model,

        channel,
        campaign,

        credit_{{ model }} as credit,
        value_{{ model }} as credited_value
    from {{ 'touch_values' if model in rule_models() else 'data_driven_values' }}
    where credit_{{ model }} is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from final
