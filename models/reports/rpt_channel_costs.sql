-- Grain: one row per conversion group, period, channel and attribution model; a period is a month,
-- or (all). Spend has no conversion type: each group divides a channel's whole cost, and spend that
-- met no conversion stays, with a credit of 0.
with

performance as (

    select * from {{ ref('assisted_conversions', 'fct_channel_performance_daily') }}

),

daily_credits as (

    select * from {{ ref('assisted_conversions', 'int_attribution_credits_daily') }}

),

touch_model_groups as (

    select * from {{ ref('assisted_conversions', 'int_touch_model_groups') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

monthly_spend as (

    select
        {{ month_name('spend_date') }} as month,
        channel,
        sum(cost) as cost
    from {{ ref('assisted_conversions', 'fct_ad_spend_daily') }}
    group by {{ month_name('spend_date') }}, channel

),

-- Groups with conversions have the rule models, even if none of their conversions has a path.
-- Before the first conversion, spend belongs to all macro conversions.
group_models as (

    select
        conversion_group,
        attribution_model
    from touch_model_groups
    {%- for model in rule_models() %}
    union distinct
    select
        conversion_group,
        '{{ model }}' as attribution_model
    from conversion_groups
    where
        conversion_type in (select performance.conversion_type from performance)
        or conversion_group = '(all macro)'
    {%- endfor %}

),

-- What a model says of a group, channel and month, from three sources.
monthly_figures as (

    select
        group_models.conversion_group,
        group_models.attribution_model,
        monthly_spend.month,
        monthly_spend.channel,
        monthly_spend.cost,
        {{ as_double(0) }} as credit,
        0 as credited_value,
        0 as assisted_conversions,
        0 as last_conversions,
        0 as first_conversions
    from group_models
    cross join monthly_spend
    union all
    select
        group_models.conversion_group,
        group_models.attribution_model,
        {{ month_name('daily_credits.conversion_date') }} as month,
        daily_credits.channel,
        null as cost,
        daily_credits.credit,
        daily_credits.credited_value,
        0 as assisted_conversions,
        0 as last_conversions,
        0 as first_conversions
    from group_models
    inner join conversion_groups
        on group_models.conversion_group = conversion_groups.conversion_group
    inner join daily_credits
        on conversion_groups.conversion_type = daily_credits.conversion_type
        and group_models.attribution_model = daily_credits.attribution_model
    union all
    -- No model credits an empty path: what is unattributed is so under each of them.
    select
        group_models.conversion_group,
        group_models.attribution_model,
        {{ month_name('performance.conversion_date') }} as month,
        performance.channel,
        null as cost,
        case
            when performance.channel = '(unattributed)' then performance.credit_last_touch
            else {{ as_double(0) }}
        end as credit,
        case
            when performance.channel = '(unattributed)' then performance.value_last_touch
            else 0
        end as credited_value,
        performance.assisted_conversions,
        performance.last_conversions,
        performance.first_conversions
    from group_models
    inner join conversion_groups
        on group_models.conversion_group = conversion_groups.conversion_group
    inner join performance
        on conversion_groups.conversion_type = performance.conversion_type

),

figures as (

    select
        conversion_group,
        coalesce(month, '(all)') as period,
        channel,
        attribution_model,
        {{ sum_of_amounts('cost') }} as cost,
        sum(credit) as credit,
        {{ sum_of_amounts('credited_value') }} as credited_value,
        {%- for role in ['assisted', 'last', 'first'] %}
        cast(sum({{ role }}_conversions) as bigint) as {{ role }}_conversions
        {{- ',' if not loop.last }}
        {%- endfor %}
    from monthly_figures
    group by grouping sets ( -- noqa: PRS
        (conversion_group, month, channel, attribution_model),
        (conversion_group, channel, attribution_model)
    )

),

final as (

    select
        *,
        {{ ratio('cost', 'credit') }} as cost_per_credit,
        {{ ratio('credited_value', 'cost') }} as return_on_spend,
        {{ ratio('cost', 'assisted_conversions') }} as cost_per_assisted_conversion,
        {{ ratio('cost', 'last_conversions') }} as cost_per_last_conversion,
        {{ ratio('cost', 'first_conversions') }} as cost_per_first_conversion
    from figures

)

select * from final
