-- Grain: one row per conversion group, content level and value of that level, with (total) rows and
-- (unattributed) rows. Values of fewer persons than the setting `min_group_size` are one row per
-- level, (other).
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

value_counts as (

    select
        conversion_groups.conversion_group,
        type_counts.level,
        type_counts.value,
        {{ sums_of_role_counts('type_counts') | indent(8) }}
    from type_counts
    inner join conversion_groups
        on type_counts.conversion_type = conversion_groups.conversion_type
    group by conversion_groups.conversion_group, type_counts.level, type_counts.value

),

-- The roles of values that few persons may share, once per group.
rare_roles as (

    select
        value_counts.conversion_group,
        roles.*
    from {{ ref('assisted_conversions', 'fct_assisted_conversions_by_content') }} as roles
    inner join conversion_groups
        on roles.conversion_type = conversion_groups.conversion_type
    inner join value_counts
        on conversion_groups.conversion_group = value_counts.conversion_group
        and {{ same_values('roles', 'value_counts', ['level', 'value']) | indent(8) }}
    where {{ may_lack_persons('value_counts.conversions') | indent(4) }}

),

small_values as (

    select
        conversion_group,
        level,
        value
    from rare_roles
    group by conversion_group, level, value
    having not {{ enough_persons('person_id') }}

),

-- Each conversion once, however many small values of a level take part in it.
pooled as (

    select
        rare_roles.conversion_group,
        rare_roles.level,
        rare_roles.conversion_key,
        {{ pooled_roles('rare_roles') | indent(8) }}
    from rare_roles
    inner join small_values
        on rare_roles.conversion_group = small_values.conversion_group
        and {{ same_values('rare_roles', 'small_values', ['level', 'value']) | indent(8) }}
    group by rare_roles.conversion_group, rare_roles.level, rare_roles.conversion_key

),

final as (

    select value_counts.*
    from value_counts
    left join small_values
        on value_counts.conversion_group = small_values.conversion_group
        and {{ same_values('value_counts', 'small_values', ['level', 'value']) | indent(8) }}
    where small_values.conversion_group is null
    union all
    select
        pooled.conversion_group,
        pooled.level,
        '(other)' as value,
        {{ role_counts('pooled') | indent(8) }}
    from pooled
    group by pooled.conversion_group, pooled.level

)

select * from final
