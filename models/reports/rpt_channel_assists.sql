-- Grain: one row per conversion group and channel, with a (total) row and an (unattributed) row.
-- Assists do not add up over channels: the (total) row counts each conversion once. Costs do: a
-- channel with spend has a row, even if it takes part in no conversion.
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

repeats as (

    select * from {{ ref('assisted_conversions', 'int_channel_repeats') }}
    where conversion_month is null

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

groups as (

    select distinct conversion_group
    from role_counts

),

with_spend_alone as (

    select * from role_counts
    union all
    select
        groups.conversion_group,
        costs.channel,
        {{ no_role_counts() | indent(8) }}
    from costs
    cross join groups
    left join role_counts
        on groups.conversion_group = role_counts.conversion_group
        and costs.channel = role_counts.channel
    where
        role_counts.channel is null
        and costs.cost is not null

),

with_intervals as (

    select
        counts.*,
        {{ assist_share_half_width('counts', 'repeats') | indent(8) }} as assist_share_half_width
    from with_spend_alone as counts
    left join repeats
        on counts.conversion_group = repeats.conversion_group
        and counts.channel = repeats.channel

),

final as (

    select
        counts.conversion_group,
        counts.channel,
        counts.conversions,
        counts.assisted_conversions,
        counts.assist_only_conversions,
        counts.last_conversions,
        counts.first_conversions,
        counts.sole_conversions,
        counts.introduced_conversions,
        counts.nurtured_conversions,
        counts.assisted_value,
        counts.last_value,
        counts.first_value,
        {{ channel_role('counts') | indent(8) }} as channel_role,

        {{ assist_measures('counts') | indent(8) }},
        -- The total closes every conversion that has a path.
        {{ ratio(
            'counts.assisted_conversions',
            'max(counts.last_conversions) over (partition by counts.conversion_group)'
        ) }} as assist_rate,

        costs.cost,
        {{ ratio('costs.cost', 'counts.assisted_conversions') }}
            as cost_per_assisted_conversion,
        {{ ratio('costs.cost', 'counts.last_conversions') }} as cost_per_last_conversion,

        coalesce(data_cautions.data_flag, 'ok') as data_flag
    from with_intervals as counts
    left join costs
        on counts.channel = costs.channel
    left join data_cautions
        on counts.conversion_group = data_cautions.conversion_group

)

select * from final
