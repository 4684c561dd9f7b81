-- Grain: one row per conversion date, conversion type and unordered pair of channels.
-- Sums over conversions of the rule models' credits a: of a, a v, (a b), (a v) (b v) and a v v,
-- with v the conversion's value; a is the first channel's. Days add up.
{{ config(schema='intermediate') }}
{{ rebuilt_by('conversion_date', 'int_changed_dates') }}
with

channel_credits as (

    select * from {{ ref('assisted_conversions', 'int_channel_credits') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'int_conversions') }}
    where {{ is_changed('conversion_date', 'int_changed_dates', 'conversion_date') }}

),

state_names as (

    select * from {{ ref('assisted_conversions', 'int_state_names') }}
    where level = 'channel'

),

types as (

    select
        conversion_type,
        cast(row_number() over (order by conversion_type) as integer) as type_id
    from (select distinct conversion_type from conversions) as distinct_types

),

-- Numbers in place of texts: the pairs are many.
numbered as (

    select
        channel_credits.* {{ except_columns(['channel_hash']) }},
        conversions.conversion_date,
        types.type_id,
        cast(conversions.conversion_value as double) as conversion_value,
        cast(state_names.name_id as integer) as channel_id
    from channel_credits
    inner join conversions
        on channel_credits.conversion_hash = {{ row_hash(['conversions.conversion_key']) }}
    inner join types
        on conversions.conversion_type = types.conversion_type
    inner join state_names
        on channel_credits.channel_hash = {{ row_hash(['state_names.channel']) }}

),

pairs as (

    select
        one.conversion_date,
        one.type_id,
        one.channel_id,
        other.channel_id as other_id,
        {%- for model in rule_models() %}
        sum(one.credit_{{ model }}) as credit_{{ model }},
        sum(one.credit_{{ model }} * one.conversion_value) as value_{{ model }},
        sum(one.credit_{{ model }} * other.credit_{{ model }}) as credit_covariance_{{ model }},
        sum(
            one.credit_{{ model }} * other.credit_{{ model }}
            * one.conversion_value * one.conversion_value
        ) as value_covariance_{{ model }},
        sum(one.credit_{{ model }} * one.conversion_value * one.conversion_value)
            as value_total_covariance_{{ model }}{{ ',' if not loop.last }}
        {%- endfor %}
    from numbered as one
    inner join numbered as other
        on one.conversion_hash = other.conversion_hash
        and one.channel_id <= other.channel_id
    group by
        one.conversion_date,
        one.type_id,
        one.channel_id,
        other.channel_id

),

final as (

    select
        pairs.* {{ except_columns(['type_id', 'channel_id', 'other_id']) }},
        types.conversion_type,
        one.channel,
        other.channel as other_channel
    from pairs
    inner join types
        on pairs.type_id = types.type_id
    inner join state_names as one
        on pairs.channel_id = one.name_id
    inner join state_names as other
        on pairs.other_id = other.name_id

)

select * from final
