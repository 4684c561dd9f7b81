-- Grain: one row per conversion type, model of single touches and unordered pair of channels that
-- take part in one conversion; a channel is a pair with itself.
-- With a and b the credits of the two channels in a conversion and v its value, a covariance is the
-- sum of (a v) (b v) over conversions. Only the pair of a channel with itself has the other
-- figures.
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
{%- endif %}

conversion_channels as (

    select
        conversion_key,
        channel,
        {%- for model in rule_models() %}
        sum(credit_{{ model }}) as credit_{{ model }}{{ ',' if not loop.last }}
        {%- endfor %}
    from touches
    group by
        conversion_key,
        channel

),

credits as (

    select
        conversion_channels.*,
        {%- for model in data_driven_touch_models() %}
        weights.weight_{{ model }}
        / sum(weights.weight_{{ model }}) over (partition by conversion_channels.conversion_key)
            as credit_{{ model }},
        {%- endfor %}
        conversions.conversion_type,
        cast(conversions.conversion_value as double) as conversion_value
    from conversion_channels
    inner join conversions
        on conversion_channels.conversion_key = conversions.conversion_key
    {%- if data_driven_touch_models() %}
    left join weights
        on conversions.conversion_type = weights.conversion_type
        and conversion_channels.channel = weights.channel
    {%- endif %}

),

own as (

    select
        conversion_type,
        channel,
        {%- for model in touch_models() %}
        {%- set credit = 'credit_' ~ model %}
        sum({{ credit }}) as {{ credit }},
        cast(sum({{ exact(credit ~ ' * conversion_value') }}) as double) as value_{{ model }},
        sum({{ credit }} * {{ credit }}) as credit_covariance_{{ model }},
        sum(pow({{ credit }} * conversion_value, 2)) as value_covariance_{{ model }},
        sum({{ credit }} * conversion_value * conversion_value)
            as value_total_covariance_{{ model }}{{ ',' if not loop.last }}
        {%- endfor %}
    from credits
    group by
        conversion_type,
        channel

),

pairs as (

    select
        one.conversion_type,
        one.channel,
        other.channel as other_channel,
        {%- for model in touch_models() %}
        sum(one.credit_{{ model }} * other.credit_{{ model }}) as credit_covariance_{{ model }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from credits as one
    inner join credits as other
        on one.conversion_key = other.conversion_key
        and one.channel < other.channel
    group by
        one.conversion_type,
        one.channel,
        other.channel

),

final as (

    {% for model in touch_models() -%}
    select
        conversion_type,
        '{{ model }}' as attribution_model,
        channel,
        channel as other_channel,
        credit_{{ model }} as credit,
        value_{{ model }} as credited_value,
        credit_covariance_{{ model }} as credit_covariance,
        value_covariance_{{ model }} as value_covariance,
        credit_{{ model }} as credit_total_covariance,
        value_total_covariance_{{ model }} as value_total_covariance
    from own
    where credit_{{ model }} is not null
    union all
    select
        conversion_type,
        '{{ model }}' as attribution_model,
        channel,
        other_channel,
        null as credit,
        null as credited_value,
        credit_covariance_{{ model }} as credit_covariance,
        null as value_covariance,
        null as credit_total_covariance,
        null as value_total_covariance
    from pairs
    where credit_covariance_{{ model }} is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from final
