-- Grain: one row per conversion group, content level and value of that level, with (total) rows and
-- (unattributed) rows. Small values of a level (setting `min_group_size`) are one row, (other). No
-- costs: spend is not known at this level.
with

role_counts as (

    select * from {{ ref('assisted_conversions', 'int_content_roles') }}

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
        ) }} as assist_rate
    from role_counts

)

select * from final
