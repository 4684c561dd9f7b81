-- Grain: one row per conversion group, content level and value of that level, with (total) rows and
-- (unattributed) rows. Values of fewer persons than the setting `min_group_size` are one row,
-- (other).
with

role_counts as (

    select * from {{ ref('assisted_conversions', 'int_content_roles') }}

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
        {{ ratio('costs.cost', 'role_counts.last_conversions') }} as cost_per_last_conversion
    from role_counts
    left join costs
        on role_counts.level = costs.level
        and role_counts.value = costs.value

)

select * from final
