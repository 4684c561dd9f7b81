-- Grain: one row per conversion group, segment, segment value and channel, with (total) rows and
-- (unattributed) rows. Segment values and channels of fewer persons than the setting
-- `min_group_size` are pooled; a value that a conversion does not state is null.
with

role_counts as (

    select * from {{ ref('assisted_conversions', 'int_segment_roles') }}

),

repeats as (

    select * from {{ ref('assisted_conversions', 'int_segment_repeats') }}

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

with_intervals as (

    select
        role_counts.*,
        {{ assist_share_half_width('role_counts', 'repeats') | indent(8) }}
            as assist_share_half_width
    from role_counts
    left join repeats
        on {{ same_values('role_counts', 'repeats', [
            'conversion_group', 'segment', 'segment_value', 'channel'
        ]) | indent(8) }}

),

final as (

    select
        role_counts.* {{ except_columns(['assist_share_half_width']) }},
        {{ channel_role('role_counts') | indent(8) }} as channel_role,

        {{ assist_measures('role_counts') | indent(8) }},
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
    from with_intervals as role_counts
    left join costs
        on role_counts.channel = costs.channel

)

select * from final
