-- Grain: one row per conversion group, month and channel, with (total) and (unattributed) rows.
-- Counts and costs add up over months to rpt_channel_assists, so spend alone makes a row, too.
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

data_end as (

    select * from {{ ref('assisted_conversions', 'int_data_end') }}

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

measured as (

    select
        counts.*,
        cast(counts.conversion_month || '-01' as date) as starts_on,
        min(cast(counts.conversion_month || '-01' as date)) over (
            partition by counts.conversion_group
        ) as first_starts_on,
        {{ channel_role('counts') | indent(8) }} as channel_role,
        {{ ratio('counts.assisted_conversions', 'counts.last_conversions') }}
            as assist_to_last_ratio,
        {{ assist_share('counts.assisted_conversions', 'counts.last_conversions') }}
            as assist_share,
        -- The total closes every conversion that has a path.
        {{ ratio(
            'counts.assisted_conversions',
            'max(counts.last_conversions) over ('
            ~ 'partition by counts.conversion_group, counts.conversion_month)'
        ) }} as assist_rate,

        costs.cost,
        {{ ratio('costs.cost', 'counts.assisted_conversions') }}
            as cost_per_assisted_conversion,
        {{ ratio('costs.cost', 'counts.last_conversions') }} as cost_per_last_conversion
    from with_spend_alone as counts
    left join costs
        on counts.conversion_month = costs.conversion_month
        and counts.channel = costs.channel

),

-- A channel without a row in the month before took no part in it.
final as (

    select
        months.* {{ except_columns(['starts_on', 'first_starts_on']) }},
        {{ reporting_date('data_end.begins_at') }} <= months.starts_on
        and {{ dbt.dateadd('day', 1, reporting_date('data_end.ends_at')) }}
        >= {{ dbt.dateadd('month', 1, 'months.starts_on') }} as is_complete_month,
        {%- for role in ['assisted', 'last'] %}
        case when months.starts_on > months.first_starts_on then
            months.{{ role }}_conversions - coalesce(months_before.{{ role }}_conversions, 0)
        end as {{ role }}_conversions_change,
        {%- endfor %}
        months.assist_share - months_before.assist_share as assist_share_change
    from measured as months
    cross join data_end
    left join measured as months_before
        on months.conversion_group = months_before.conversion_group
        and months.channel = months_before.channel
        and months.starts_on = {{ dbt.dateadd('month', 1, 'months_before.starts_on') }}

)

select * from final
