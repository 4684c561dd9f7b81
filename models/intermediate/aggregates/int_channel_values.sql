-- Grain: one row per conversion and channel on its path.
-- A view: in the data-driven models the channels on a path share its conversion by their weights.
-- Their values add up to that of the conversion exactly, in the order of each channel's last touch.
{{ config(materialized='view', enabled=setting('data_driven')) }}
{%- set along_path = 'partition by conversion_key order by last_position'
    ~ ' rows between unbounded preceding and current row' %}
with

conversion_channels as (

    select * from {{ ref('assisted_conversions', 'fct_assisted_conversions') }}

),

weights as (

    select * from {{ ref('assisted_conversions', 'int_data_driven_weights') }}

),

weighted as (

    select
        conversion_channels.*,
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
        weighted.*,
        {%- for model in data_driven_touch_models() %}
        weighted.weight_{{ model }} / path_weights.weight_{{ model }} as credit_{{ model }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from weighted
    inner join path_weights
        on weighted.conversion_key = path_weights.conversion_key

),

with_running_credits as (

    select
        *,
        {%- for model in data_driven_touch_models() %}
        {{ credit_so_far('credit_' ~ model, along_path) }} as {{ model }}_so_far
        {{- ',' if not loop.last }}
        {%- endfor %}
    from credits

),

final as (

    select
        conversion_key,
        conversion_date,
        conversion_type,
        channel,
        touch_count,
        {% for model in data_driven_touch_models() -%}
        credit_{{ model }},
        case when credit_{{ model }} is not null then {{ value_in_turn(
            'conversion_value', model ~ '_so_far', 'credit_' ~ model, 'is_last'
        ) | indent(8) }} end as value_{{ model }}{{ ',' if not loop.last }}
        {% endfor %}
    from with_running_credits

)

select * from final
