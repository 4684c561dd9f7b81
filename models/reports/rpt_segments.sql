-- Grain: one row per conversion group, segment, segment value and channel, with (total) rows and
-- (unattributed) rows. Small segment values and channels (setting `min_group_size`) are pooled; a
-- value that a conversion does not state is null. No costs: spend is not known at this level.
with

role_counts as (

    select * from {{ ref('assisted_conversions', 'int_segment_roles') }}

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
        ) }} as assist_rate
    from role_counts

)

select * from final
