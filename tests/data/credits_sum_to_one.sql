-- What: in each rule model the credits of every attributed conversion sum to 1, to 1e-9, and none
--     is negative.
-- Why: only then do credits add up to the number of conversions.
-- Resolve: in int_touch_weights, the model's weights must not all be null or 0 on a path.
with

conversions as (

    select conversion_key
    from {{ ref('assisted_conversions', 'fct_conversions') }}
    where
        is_attributed
        and {{ may_have_changed() }}

),

credits as (

    select
        conversion_key,
        {%- for model in rule_models() %}
        sum(credit_{{ model }}) as {{ model }},
        {%- endfor %}
        min(least({{ 'credit_' ~ rule_models() | join(', credit_') }})) as lowest_credit
    from {{ ref('assisted_conversions', 'fct_conversion_touches') }}
    where {{ may_have_changed() }}
    group by conversion_key

)

select
    conversions.conversion_key as attributed_conversion_key,
    credits.*
from conversions
left join credits
    on conversions.conversion_key = credits.conversion_key
where
    {%- for model in rule_models() %}
    not coalesce(abs(credits.{{ model }} - 1) <= 1e-9, false)
    or
    {%- endfor %}
    credits.lowest_credit < 0
