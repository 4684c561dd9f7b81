-- Grain: one row per conversion group, period, channel and attribution model; a period is a month,
-- or (all). Spend has no conversion type: each group divides a channel's whole cost, and spend that
-- met no conversion stays, with a credit of 0.
{% set cell = ['conversion_group', 'attribution_model', 'period', 'channel'] -%}
with

performance as (

    {{ each_period(
        ref('assisted_conversions', 'fct_channel_performance_daily'), month_name('conversion_date')
    ) | indent(4) }}

),

monthly_credits as (

    {{ each_period(ref('assisted_conversions', 'int_monthly_credits'), 'month') | indent(4) }}

),

model_groups as (

    select * from {{ ref('assisted_conversions', 'int_model_groups') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

ad_spend as (

    {{ each_period(ref('assisted_conversions', 'fct_ad_spend_daily'), month_name('spend_date')) | indent(4) }}

),

roles as (

    select
        conversion_groups.conversion_group,
        performance.period,
        performance.channel,
        {%- for role in ['assisted', 'last', 'first'] %}
        cast(sum(performance.{{ role }}_conversions) as bigint) as {{ role }}_conversions
        {{- ',' if not loop.last }}
        {%- endfor %}
    from performance
    inner join conversion_groups
        on performance.conversion_type = conversion_groups.conversion_type
    group by
        conversion_groups.conversion_group,
        performance.period,
        performance.channel

),

credits as (

    select
        model_groups.conversion_group,
        model_groups.attribution_model,
        monthly_credits.period,
        monthly_credits.channel,
        sum(monthly_credits.credit) as credit,
        cast(sum(monthly_credits.credited_value) as decimal(18, 4)) as credited_value
    from monthly_credits
    inner join conversion_groups
        on monthly_credits.conversion_type = conversion_groups.conversion_type
    inner join model_groups
        on
            conversion_groups.conversion_group = model_groups.conversion_group
            and monthly_credits.attribution_model = model_groups.attribution_model
    group by
        model_groups.conversion_group,
        model_groups.attribution_model,
        monthly_credits.period,
        monthly_credits.channel

),

costs as (

    select
        period,
        channel,
        cast(sum(cost) as decimal(18, 4)) as cost
    from ad_spend
    group by
        period,
        channel

),

cells as (

    select {{ cell | join(', ') }} from credits
    union distinct
    select
        model_groups.conversion_group,
        model_groups.attribution_model,
        costs.period,
        costs.channel
    from model_groups
    cross join costs

),

final as (

    select
        cells.conversion_group,
        cells.period,
        cells.channel,
        cells.attribution_model,

        costs.cost,
        coalesce(credits.credit, 0) as credit,
        coalesce(credits.credited_value, 0) as credited_value,
        coalesce(roles.assisted_conversions, 0) as assisted_conversions,
        coalesce(roles.last_conversions, 0) as last_conversions,
        coalesce(roles.first_conversions, 0) as first_conversions,

        {{ ratio('costs.cost', 'credits.credit') }} as cost_per_credit,
        {{ ratio('coalesce(credits.credited_value, 0)', 'costs.cost') }}
            as return_on_spend,
        {{ ratio('costs.cost', 'roles.assisted_conversions') }} as cost_per_assisted_conversion,
        {{ ratio('costs.cost', 'roles.last_conversions') }} as cost_per_last_conversion,
        {{ ratio('costs.cost', 'roles.first_conversions') }} as cost_per_first_conversion
    from cells
    left join credits
        on {{ same_values('cells', 'credits', cell) | indent(8) }}
    left join roles
        on {{ same_values(
            'cells', 'roles', ['conversion_group', 'period', 'channel']
        ) | indent(8) }}
    left join costs
        on {{ same_values('cells', 'costs', ['period', 'channel']) | indent(8) }}

)

select * from final
