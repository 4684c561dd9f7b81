-- Grain: one row per conversion group, period, channel and attribution model; a period is a month,
-- or (all). Spend has no conversion type: each group divides a channel's whole cost, and spend that
-- met no conversion stays, with a credit of 0.
with

performance as (

    select
        *,
        {{ month_name('conversion_date') }} as period
    from {{ ref('fct_channel_performance_daily') }}

),

monthly_credits as (

    select * from {{ ref('int_monthly_credits') }}

),

touch_model_groups as (

    select * from {{ ref('int_touch_model_groups') }}

),

conversion_groups as (

    select * from {{ ref('int_conversion_groups') }}

),

ad_spend as (

    select
        *,
        {{ month_name('spend_date') }} as period
    from {{ ref('fct_ad_spend_daily') }}

),

roles as (

    select
        conversion_group,
        coalesce(period, '(all)') as period,
        channel,
        cast(sum(assisted_conversions) as bigint) as assisted_conversions,
        cast(sum(last_conversions) as bigint) as last_conversions,
        cast(sum(first_conversions) as bigint) as first_conversions
    from performance
    inner join conversion_groups
        on performance.conversion_type = conversion_groups.conversion_type
    {{ all_periods(['conversion_group', 'channel'], 'period') | indent(4) }}

),

-- A group has the models that credit all of its types; without any path, the rules.
model_groups as (

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
        conversion_group not in (select groups.conversion_group from touch_model_groups as groups)
        and (
            conversion_group = '(all macro)'
            or conversion_group in (select roles.conversion_group from roles)
        )
    {%- endfor %}

),

credits as (

    select
        model_groups.conversion_group,
        model_groups.attribution_model,
        coalesce(period, '(all)') as period,
        channel,
        sum(credit) as credit,
        cast(sum(credited_value) as decimal(18, 4)) as credited_value
    from monthly_credits
    inner join conversion_groups
        on monthly_credits.conversion_type = conversion_groups.conversion_type
    inner join model_groups
        on
            conversion_groups.conversion_group = model_groups.conversion_group
            and monthly_credits.attribution_model = model_groups.attribution_model
    {{ all_periods(
        ['model_groups.conversion_group', 'model_groups.attribution_model', 'channel'], 'period'
    ) | indent(4) }}

),

costs as (

    select
        coalesce(period, '(all)') as period,
        channel,
        cast(sum(cost) as decimal(18, 4)) as cost
    from ad_spend
    {{ all_periods(['channel'], 'period') | indent(4) }}

),

cells as (

    select
        conversion_group,
        attribution_model,
        period,
        channel
    from credits
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
        {{ ratio('coalesce(credits.credited_value, 0)', 'costs.cost') }} as return_on_spend,
        {{ ratio('costs.cost', 'roles.assisted_conversions') }} as cost_per_assisted_conversion,
        {{ ratio('costs.cost', 'roles.last_conversions') }} as cost_per_last_conversion,
        {{ ratio('costs.cost', 'roles.first_conversions') }} as cost_per_first_conversion
    from cells
    left join credits
        on
            {{ same_values('cells', 'credits', [
                'conversion_group', 'attribution_model', 'period', 'channel'
            ]) | indent(12) }}
    left join roles
        on
            {{ same_values(
                'cells', 'roles', ['conversion_group', 'period', 'channel']
            ) | indent(12) }}
    left join costs
        on
            cells.period = costs.period
            and cells.channel = costs.channel

)

select * from final
