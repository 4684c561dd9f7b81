-- Grain: one row per conversion date, conversion type, channel, source, medium and campaign.
-- Credits and credited values of the rule models. First and last touch are not among them: they
-- credit whole conversions, which the daily facts count as roles.
{%- set models = rule_models() | reject('in', ['first_touch', 'last_touch']) | list %}
with

touch_values as (

    select * from {{ ref('assisted_conversions', 'int_touch_values') }}

),

final as (

    select
        conversion_date,
        conversion_type,
        channel,
        source,
        medium,
        campaign,
        {%- for model in models %}
        sum(credit_{{ model }}) as credit_{{ model }},
        {{ sum_of_amounts('value_' ~ model) }} as value_{{ model }}{{ ',' if not loop.last }}
        {%- endfor %}
    from touch_values
    group by conversion_date, conversion_type, channel, source, medium, campaign

)

select * from final
