-- Grain: one row per conversion date, conversion type, channel and model of row-level credits.
-- The data-driven models' credits are made from the sets of channels on paths, which are far fewer
-- than touches.
with

performance as (

    select * from {{ ref('assisted_conversions', 'fct_channel_performance_daily') }}
    where channel != '(unattributed)'

),

conversions as (

    select * from {{ ref('assisted_conversions', 'int_conversions') }}

),

numbered_paths as (

    select * from {{ ref('assisted_conversions', 'int_numbered_paths') }}

),

named_paths as (

    select * from {{ ref('assisted_conversions', 'int_named_paths') }}

),

paths as (

    select * from {{ ref('assisted_conversions', 'int_distinct_paths') }}

),

set_credits as (

    select * from {{ ref('assisted_conversions', 'int_set_credits') }}

),

daily_sets as (

    select
        conversions.conversion_date,
        conversions.conversion_type,
        paths.set_id,
        count(*) as conversions,
        cast(sum(conversions.conversion_value) as double) as conversion_value
    from conversions
    inner join numbered_paths
        on conversions.conversion_key = numbered_paths.conversion_key
    inner join named_paths
        on numbered_paths.named_path_id = named_paths.named_path_id
    inner join paths
        on named_paths.path_id = paths.path_id
    group by
        conversions.conversion_date,
        conversions.conversion_type,
        paths.set_id

),

final as (

    {% for model in rule_models() -%}
    select
        conversion_date,
        conversion_type,
        channel,
        '{{ model }}' as attribution_model,
        credit_{{ model }} as credit,
        value_{{ model }} as credited_value
    from performance
    union all
    {% endfor -%}
    select
        daily_sets.conversion_date,
        daily_sets.conversion_type,
        set_credits.channel,
        set_credits.attribution_model,
        sum(set_credits.credit * daily_sets.conversions) as credit,
        {{ money('sum(set_credits.credit * daily_sets.conversion_value)') }} as credited_value
    from daily_sets
    inner join set_credits
        on daily_sets.conversion_type = set_credits.conversion_type
        and daily_sets.set_id = set_credits.set_id
    group by
        daily_sets.conversion_date,
        daily_sets.conversion_type,
        set_credits.channel,
        set_credits.attribution_model

)

select * from final
