-- Grain: one row per conversion, touchpoint on its path and attribution model.
-- A view: the rule models' credits stand in fct_conversion_touches, a column each; here each is a
-- row. The data-driven models in row-level form have theirs from weights.
{{ config(materialized='view') }}
with

touches as (

    select * from {{ ref('fct_conversion_touches') }}

),

data_driven_credits as (

    select * from {{ ref('int_data_driven_touch_credits') }}

),

conversions as (

    select * from {{ ref('int_conversions') }}

),

credits as (

    {%- for model in rule_models() %}
    select
        conversion_key,
        touchpoint_id,
        '{{ model }}' as attribution_model,
        channel,
        campaign,
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
        credit
    from data_driven_credits

),

final as (

    select
        credits.conversion_key,
        credits.touchpoint_id,
        credits.attribution_model,

        credits.channel,
        credits.campaign,

        credits.credit,
        cast(credits.credit * conversions.conversion_value as decimal(18, 4)) as credited_value
    from credits
    inner join conversions
        on credits.conversion_key = conversions.conversion_key

)

select * from final
