-- Grain: one row per conversion, touchpoint on its path and attribution model.
-- A view: fct_conversion_touches has the credits of the rule models, a column each; here each is a
-- row. In the data-driven models the channels on a path share its conversion by their weights, and
-- the touches of a channel share equally.
{{ config(materialized='view') }}
with

touches as (

    select * from {{ ref('assisted_conversions', 'fct_conversion_touches') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'int_conversions') }}

),
{%- if data_driven_touch_models() %}

weights as (

    select * from {{ ref('assisted_conversions', 'int_data_driven_weights') }}

),

weighted_touches as (

    select
        touches.conversion_key,
        touches.touchpoint_id,
        touches.channel,
        touches.campaign,
        touches.touch_position,
        {%- for model in data_driven_touch_models() %}
        weights.weight_{{ model }}
        / count(*) over (partition by touches.conversion_key, touches.channel)
            as weight_{{ model }}{{ ',' if not loop.last }}
        {%- endfor %}
    from touches
    inner join conversions
        on touches.conversion_key = conversions.conversion_key
    inner join weights
        on conversions.conversion_type = weights.conversion_type
        and touches.channel = weights.channel

),

data_driven_credits as (

    select
        *,
        {%- for model in data_driven_touch_models() %}
        weight_{{ model }} / sum(weight_{{ model }}) over (partition by conversion_key)
            as credit_{{ model }}{{ ',' if not loop.last }}
        {%- endfor %}
    from weighted_touches

),
{%- endif %}

credits as (

    {% for model in touch_models() -%}
    select
        conversion_key,
        touchpoint_id,
        '{{ model }}' as attribution_model,
        channel,
        campaign,
        touch_position,
        credit_{{ model }} as credit
    from {{ 'touches' if model in rule_models() else 'data_driven_credits' }}
    where credit_{{ model }} is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

with_running_value as (

    select
        credits.*,
        {{ money(
            'conversions.conversion_value * sum(credits.credit) over ('
            ~ 'partition by credits.attribution_model, credits.conversion_key '
            ~ 'order by credits.touch_position '
            ~ 'rows between unbounded preceding and current row)',
            amount_type()
        ) }} as value_so_far
    from credits
    inner join conversions
        on credits.conversion_key = conversions.conversion_key

),

-- Rounding the running value, and not that of each touch, makes a conversion's credited values add
-- up to its value: three thirds of 100 are 33.3333, 33.3334 and 33.3333.
final as (

    select
        conversion_key,
        touchpoint_id,
        attribution_model,

        channel,
        campaign,

        credit,
        cast(
            value_so_far - coalesce(lag(value_so_far) over (
                partition by attribution_model, conversion_key
                order by touch_position
            ), 0)
            as {{ amount_type() }}
        ) as credited_value
    from with_running_value

)

select * from final
