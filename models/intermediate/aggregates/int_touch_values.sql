-- Grain: one row per conversion and touchpoint on its path.
-- A view: what each touch is credited with of the conversion's value in the rule models. Along the
-- path the values add up to that of the conversion exactly, so all sums over touches do.
{{ config(materialized='view') }}
{%- set along_path = 'partition by touches.conversion_key order by touches.touch_position'
    ~ ' rows between unbounded preceding and current row' %}
with

touches as (

    select * from {{ ref('assisted_conversions', 'fct_conversion_touches') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'int_conversions') }}

),

with_running_credits as (

    select
        touches.*,
        conversions.conversion_date,
        conversions.conversion_type,
        conversions.conversion_value,
        {%- for model in rule_models() %}
        {{ credit_so_far('touches.credit_' ~ model, along_path) }} as {{ model }}_so_far
        {{- ',' if not loop.last }}
        {%- endfor %}
    from touches
    inner join conversions
        on touches.conversion_key = conversions.conversion_key

),

final as (

    select
        conversion_key,
        touchpoint_id,

        conversion_date,
        conversion_type,
        channel,
        source,
        medium,
        campaign,

        {% for model in rule_models() -%}
        credit_{{ model }},
        {{ value_in_turn(
            'conversion_value', model ~ '_so_far', 'credit_' ~ model, 'is_last_touch'
        ) | indent(8) }} as value_{{ model }}{{ ',' if not loop.last }}
        {% endfor %}
    from with_running_credits

)

select * from final
