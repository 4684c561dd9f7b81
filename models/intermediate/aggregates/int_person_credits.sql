-- Grain: one row per conversion group, person with conversions in it, and channel on their paths.
-- The credits of all the person's conversions in the group, and the value credited, of each model
-- that credits single conversions.
{{ config(materialized='ephemeral') }}
{%- set models = touch_models() + (['shapley'] if setting('data_driven') else []) %}
with

touches as (

    select * from {{ ref('assisted_conversions', 'fct_conversion_touches') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'int_conversions') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

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
        {%- if setting('data_driven') %}
        {{ as_double(1) }} / count(*) over (partition by conversion_channels.conversion_key)
            as credit_shapley,
        {%- endif %}
        {{ row_hash(['conversions.person_id']) }} as person_hash,
        conversions.conversion_type,
        cast(conversions.conversion_value as {{ double_type() }}) as conversion_value
    from conversion_channels
    inner join conversions
        on conversion_channels.conversion_key = conversions.conversion_key
    {%- if data_driven_touch_models() %}
    left join weights
        on conversions.conversion_type = weights.conversion_type
        and conversion_channels.channel = weights.channel
    {%- endif %}

),

type_credits as (

    select
        conversion_type,
        person_hash,
        channel,
        {%- for model in models %}
        sum(credit_{{ model }}) as credit_{{ model }},
        sum(credit_{{ model }} * conversion_value) as value_{{ model }}{{ ',' if not loop.last }}
        {%- endfor %}
    from credits
    group by
        conversion_type,
        person_hash,
        channel

),

-- A group of one type is that type: only the others are summed once more.
final as (

    select
        conversion_type as conversion_group,
        type_credits.person_hash,
        type_credits.channel,
        {%- for model in models %}
        type_credits.credit_{{ model }},
        type_credits.value_{{ model }}{{ ',' if not loop.last }}
        {%- endfor %}
    from type_credits
    union all
    select
        conversion_groups.conversion_group,
        type_credits.person_hash,
        type_credits.channel,
        {%- for model in models %}
        sum(type_credits.credit_{{ model }}) as credit_{{ model }},
        sum(type_credits.value_{{ model }}) as value_{{ model }}{{ ',' if not loop.last }}
        {%- endfor %}
    from type_credits
    inner join conversion_groups
        on type_credits.conversion_type = conversion_groups.conversion_type
    where conversion_groups.conversion_group != conversion_groups.conversion_type
    group by
        conversion_groups.conversion_group,
        type_credits.person_hash,
        type_credits.channel

)

select * from final
