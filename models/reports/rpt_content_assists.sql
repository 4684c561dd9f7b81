-- Grain: one row per conversion group, content level and value of that level, with (total) rows and
-- (unattributed) rows. Small values of a level (setting `min_group_size`) are one row, (other). No
-- costs: spend is not known at this level.
with

role_counts as (

    select * from {{ ref('assisted_conversions', 'int_content_roles') }}

),

repeats as (

    select * from {{ ref('assisted_conversions', 'int_content_repeats') }}

),

data_cautions as (

    select * from {{ ref('assisted_conversions', 'int_data_cautions') }}

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
        role_counts.conversion_group,
        role_counts.level,
        role_counts.value,
        role_counts.conversions,
        role_counts.assisted_conversions,
        role_counts.assist_only_conversions,
        role_counts.last_conversions,
        role_counts.first_conversions,
        role_counts.sole_conversions,
        role_counts.introduced_conversions,
        role_counts.nurtured_conversions,
        role_counts.assisted_value,
        role_counts.last_value,
        role_counts.first_value,
        {{ channel_role('role_counts') | indent(8) }} as channel_role,

        {{ assist_measures('role_counts') | indent(8) }},
        -- The total closes every conversion that has a path.
        {{ ratio(
            'role_counts.assisted_conversions',
            'max(role_counts.last_conversions) over (partition by role_counts.conversion_group)'
        ) }} as assist_rate,

        coalesce(data_cautions.data_flag, 'ok') as data_flag
    from with_intervals as role_counts
    left join data_cautions
        on role_counts.conversion_group = data_cautions.conversion_group

)

select * from final
