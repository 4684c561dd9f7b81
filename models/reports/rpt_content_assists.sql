-- Grain: one row per conversion group, content level and value of that level, with (total) rows and
-- (unattributed) rows. Values of fewer persons than the setting `min_group_size` are one row,
-- (other).
with

role_counts as (

    select * from {{ ref('assisted_conversions', 'int_content_roles') }}

),

repeats as (

    select * from {{ ref('assisted_conversions', 'int_content_repeats') }}

),

ad_spend as (

    select * from {{ ref('assisted_conversions', 'fct_ad_spend_daily') }}

),

-- Spend is known by source and medium, and where it is tagged by creative.
costs as (

    select
        'content' as level,
        content as value,
        {{ sum_of_amounts('cost') }} as cost
    from ad_spend
    where content is not null
    group by content
    union all
    select
        'source_medium' as level,
        source || ' / ' || medium as value,
        {{ sum_of_amounts('cost') }} as cost
    from ad_spend
    group by source, medium

),

with_intervals as (

    select
        role_counts.*,
        {{ assist_share_half_width('role_counts', 'repeats') | indent(8) }}
            as assist_share_half_width
    from role_counts
    left join repeats
        on {{ same_values(
            'role_counts', 'repeats', ['conversion_group', 'level', 'value']
        ) | indent(8) }}

),

final as (

    select
        role_counts.* {{ except_columns(['assist_share_half_width']) }},
        {{ channel_role('role_counts') | indent(8) }} as channel_role,

        {{ assist_measures('role_counts') | indent(8) }},
        -- The total closes every conversion that has a path.
        {{ ratio(
            'role_counts.assisted_conversions',
            'max(role_counts.last_conversions) over (partition by role_counts.conversion_group)'
        ) }} as assist_rate,

        costs.cost,
        {{ ratio('costs.cost', 'role_counts.assisted_conversions') }}
            as cost_per_assisted_conversion,
        {{ ratio('costs.cost', 'role_counts.last_conversions') }} as cost_per_last_conversion
    from with_intervals as role_counts
    left join costs
        on role_counts.level = costs.level
        and role_counts.value = costs.value

)

select * from final
