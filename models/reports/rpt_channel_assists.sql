-- Grain: one row per conversion group and channel, with a (total) row and an (unattributed) row.
-- Assists do not add up over channels: the (total) row counts each conversion once.
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

data_cautions as (

    select * from {{ ref('assisted_conversions', 'int_data_cautions') }}

),

role_counts as (

    select
        conversion_groups.conversion_group,
        performance.channel,
        {{ sums_of_role_counts('performance') | indent(8) }}
    from performance
    inner join conversion_groups
        on performance.conversion_type = conversion_groups.conversion_type
    group by conversion_groups.conversion_group, performance.channel
    union all
    select
        conversion_groups.conversion_group,
        '(total)' as channel,
        {{ whole_conversion_counts('conversions', 'conversions.channel_count > 1') | indent(8) }}
    from conversions
    inner join conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type
    group by conversion_groups.conversion_group

),

-- Spend has no conversion type: each group shows a channel's whole cost.
costs as (

    select
        channel,
        {{ sum_of_amounts('cost') }} as cost
    from ad_spend
    group by channel
    union all
    select
        '(total)' as channel,
        {{ sum_of_amounts('cost') }} as cost
    from ad_spend

),

final as (

    select
        role_counts.*,
        {{ channel_role('role_counts') | indent(8) }} as channel_role,

        {{ ratio('role_counts.assisted_conversions', 'role_counts.last_conversions') }}
            as assist_to_last_ratio,
        {{ assist_share('role_counts.assisted_conversions', 'role_counts.last_conversions') }}
            as assist_share,
        -- The total closes every conversion that has a path.
        {{ ratio(
            'role_counts.assisted_conversions',
            'max(role_counts.last_conversions) over (partition by role_counts.conversion_group)'
        ) }} as assist_rate,

        costs.cost,
        {{ ratio('costs.cost', 'role_counts.assisted_conversions') }}
            as cost_per_assisted_conversion,
        {{ ratio('costs.cost', 'role_counts.last_conversions') }} as cost_per_last_conversion,

        coalesce(data_cautions.data_flag, 'ok') as data_flag
    from role_counts
    left join costs
        on role_counts.channel = costs.channel
    left join data_cautions
        on role_counts.conversion_group = data_cautions.conversion_group

)

select * from final
