-- Grain: one row per conversion group, content level and value of that level, with (total) rows and
-- (unattributed) rows. Every value has its own row; int_content_roles pools small ones.
with

roles as (

    select * from {{ ref('assisted_conversions', 'fct_assisted_conversions_by_content') }}

),

-- A second import: one that is read twice is written to memory, all of it.
closers as (

    select * from {{ ref('assisted_conversions', 'fct_assisted_conversions_by_content') }}
    where is_last

),

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

levels as (

    select distinct level
    from closers

),

-- Under each level every conversion counts once: as what closed it, or as unattributed.
whole_conversions as (

    select
        conversion_type,
        level,
        conversion_value,
        path_length,
        path_length > 1 as is_assisted,
        touch_count < path_length as has_assist_only,
        true as is_attributed
    from closers
    union all
    select
        conversions.conversion_type,
        levels.level,
        conversions.conversion_value,
        0 as path_length,
        false as is_assisted,
        false as has_assist_only,
        false as is_attributed
    from conversions
    cross join levels
    where not conversions.is_attributed

),

-- Types add up to groups, so that each row of the fact is counted once.
type_counts as (

    select
        conversion_type,
        level,
        value,
        {{ role_counts('roles') | indent(8) }}
    from roles
    group by conversion_type, level, value
    union all
    select
        conversion_type,
        level,
        '(total)' as value,
        {{ whole_conversion_counts('whole_conversions', 'has_assist_only') | indent(8) }}
    from whole_conversions
    group by conversion_type, level
    union all
    select
        conversion_type,
        level,
        '(unattributed)' as value,
        {{ whole_conversion_counts('whole_conversions', 'false') | indent(8) }}
    from whole_conversions
    where not is_attributed
    group by conversion_type, level

),

final as (

    select
        conversion_groups.conversion_group,
        type_counts.level,
        type_counts.value,
        {{ sums_of_role_counts('type_counts') | indent(8) }}
    from type_counts
    inner join conversion_groups
        on type_counts.conversion_type = conversion_groups.conversion_type
    group by conversion_groups.conversion_group, type_counts.level, type_counts.value

)

select * from final
