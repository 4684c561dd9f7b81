-- Grain: one row per conversion group, segment, segment value and channel, with (total) rows and
-- (unattributed) rows. Segment values and channels of fewer persons than the setting
-- `min_group_size` are pooled; a value that a conversion does not state is null.
with

role_counts as (

    select * from {{ ref('assisted_conversions', 'int_segment_roles') }}

),

ad_spend as (

    select * from {{ ref('assisted_conversions', 'fct_ad_spend_daily') }}

),

-- Spend has neither conversion type nor segment: each of them shows a channel's whole cost.
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
            'max(role_counts.last_conversions) over (partition by '
            ~ 'role_counts.conversion_group, role_counts.segment, role_counts.segment_value)'
        ) }} as assist_rate,

        costs.cost,
        {{ ratio('costs.cost', 'role_counts.assisted_conversions') }}
            as cost_per_assisted_conversion,
        {{ ratio('costs.cost', 'role_counts.last_conversions') }} as cost_per_last_conversion
    from role_counts
    left join costs
        on role_counts.channel = costs.channel

)

select * from final
