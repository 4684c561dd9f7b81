-- Grain: one row per conversion, touchpoint on its path and attribution model.
-- A view: the rule models' credits stand in fct_conversion_touches, a column each; here each is a
-- row. The data-driven models in row-level form have theirs from weights.
{{ config(materialized='view') }}
with

touches as (

    select * from {{ ref('assisted_conversions', 'fct_conversion_touches') }}

),

data_driven_credits as (

    select * from {{ ref('assisted_conversions', 'int_data_driven_touch_credits') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'int_conversions') }}

),

credits as (

    {%- for model in rule_models() %}
    select
        conversion_key,
        touchpoint_id,
        '{{ model }}' as attribution_model,
        channel,
        campaign,
        touch_position,
        credit_{{ model }} as credit
    from touches
    union all
    {%- endfor %}
    select
        conversion_key,
        touchpoint_id,
        attribution_model,
        channel,
        campaign,
        touch_position,
        credit
    from data_driven_credits

),

running as (

    select
        credits.*,
        {{ money(
            'conversions.conversion_value * sum(credits.credit) over ('
            ~ 'partition by credits.attribution_model, credits.conversion_key '
            ~ 'order by credits.touch_position '
            ~ 'rows between unbounded preceding and current row)'
        ) }} as value_so_far
    from credits
    inner join conversions
        on credits.conversion_key = conversions.conversion_key

),

-- Rounding the running value, and not each touch's alone, keeps a conversion's credited values
-- at its value: three thirds of 100 are 33.3333, 33.3334 and 33.3333.
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
            as decimal(18, 4)
        ) as credited_value
    from running

)

select * from final
