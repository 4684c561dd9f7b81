-- Grain: one row per conversion group, month and channel that takes part or has spend in it, with
-- (total) and (unattributed) rows.
with

performance as (

    select * from {{ ref('assisted_conversions', 'fct_channel_performance_daily') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

ad_spend as (

    select * from {{ ref('assisted_conversions', 'fct_ad_spend_daily') }}

),

role_counts as (

    select
        conversion_groups.conversion_group,
        {{ month_name('performance.conversion_date') }} as conversion_month,
        performance.channel,
        {{ sums_of_role_counts('performance') | indent(8) }}
    from performance
    inner join conversion_groups
        on performance.conversion_type = conversion_groups.conversion_type
    group by
        conversion_groups.conversion_group,
        {{ month_name('performance.conversion_date') }},
        performance.channel
    union all
    select
        conversion_groups.conversion_group,
        {{ month_name('conversions.conversion_date') }} as conversion_month,
        '(total)' as channel,
        {{ whole_conversion_counts('conversions', 'conversions.channel_count > 1') | indent(8) }}
    from conversions
    inner join conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type
    group by conversion_groups.conversion_group, {{ month_name('conversions.conversion_date') }}

),

-- Spend has no conversion type: each group shows a channel's whole cost.
costs as (

    select
        {{ month_name('spend_date') }} as conversion_month,
        channel,
        {{ sum_of_amounts('cost') }} as cost
    from ad_spend
    group by {{ month_name('spend_date') }}, channel
    union all
    select
        {{ month_name('spend_date') }} as conversion_month,
        '(total)' as channel,
        {{ sum_of_amounts('cost') }} as cost
    from ad_spend
    group by {{ month_name('spend_date') }}

),

groups as (

    select distinct conversion_group from role_counts

),

with_spend_alone as (

    select * from role_counts
    union all
    select
        groups.conversion_group,
        costs.conversion_month,
        costs.channel,
        {{ no_role_counts() | indent(8) }}
    from costs
    cross join groups
    left join role_counts
        on groups.conversion_group = role_counts.conversion_group
        and costs.conversion_month = role_counts.conversion_month
        and costs.channel = role_counts.channel
    where role_counts.channel is null

),

final as (

    select
        counts.*,
        costs.cost
    from with_spend_alone as counts
    left join costs
        on counts.conversion_month = costs.conversion_month
        and counts.channel = costs.channel

)

select * from final
