-- What: in rpt_channel_costs, per group, period and model, costs are the raw spend and credited
--     values that of the conversions, to the last digit, and credits their number.
-- Why: spend that met no conversion, or conversions that met no spend, must not fall out of a
--     return on spend.
-- Resolve: keep both sides of the join; `(unattributed)` holds what no model credits.
with

spend as (
    select
        {{ month_name('spend_date') }} as period,
        sum(cost) as cost
    from {{ ref('assisted_conversions', 'stg_ad_spend') }}
    group by {{ month_name('spend_date') }}
    union all
    select
        '(all)' as period,
        sum(cost) as cost
    from {{ ref('assisted_conversions', 'stg_ad_spend') }}
),

grouped as (
    select
        conversion_groups.conversion_group,
        {{ month_name('conversions.conversion_date') }} as period,
        conversions.conversion_value
    from {{ ref('assisted_conversions', 'fct_conversions') }} as conversions
    inner join {{ ref('assisted_conversions', 'int_conversion_groups') }} as conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type
),

due_credits as (
    select
        conversion_group,
        period,
        count(*) as conversions,
        sum(conversion_value) as conversion_value
    from grouped
    group by
        conversion_group,
        period
    union all
    select
        conversion_group,
        '(all)' as period,
        count(*) as conversions,
        sum(conversion_value) as conversion_value
    from grouped
    group by conversion_group
),

-- Groups with conversions have the rule models, and so has the group that shows spend before any.
groups_due as (
    select conversion_group from grouped
    union distinct
    select conversion_group
    from {{ ref('assisted_conversions', 'int_conversion_groups') }}
    where conversion_group = '(all macro)'
),

group_models as (
    select
        conversion_group,
        attribution_model
    from {{ ref('assisted_conversions', 'int_touch_model_groups') }}
    {%- for model in rule_models() %}
    union distinct
    select
        conversion_group,
        '{{ model }}' as attribution_model
    from groups_due
    {%- endfor %}
),

periods as (
    select period from spend where cost is not null
    union distinct
    select period from due_credits
),

due as (
    select
        group_models.conversion_group,
        group_models.attribution_model,
        periods.period,
        coalesce(spend.cost, 0) as cost,
        coalesce(due_credits.conversions, 0) as conversions,
        coalesce(due_credits.conversion_value, 0) as conversion_value
    from group_models
    cross join periods
    left join spend
        on periods.period = spend.period
    left join due_credits
        on group_models.conversion_group = due_credits.conversion_group
        and periods.period = due_credits.period
),

found as (
    select
        conversion_group,
        attribution_model,
        period,
        coalesce(sum(cost), 0) as cost,
        sum(credit) as credit,
        sum(credited_value) as credited_value
    from {{ ref('assisted_conversions', 'rpt_channel_costs') }}
    group by
        conversion_group,
        attribution_model,
        period
)

select
    due.*,
    found.cost as found_cost,
    found.credit,
    found.credited_value
from due
full join found
    on due.conversion_group = found.conversion_group
    and due.attribution_model = found.attribution_model
    and due.period = found.period
where
    due.period is null
    or (
        found.period is null
        and (due.cost != 0 or due.conversions != 0)
    )
    or found.cost != due.cost
    or abs(found.credit - due.conversions) > 1e-6
    or found.credited_value != due.conversion_value
