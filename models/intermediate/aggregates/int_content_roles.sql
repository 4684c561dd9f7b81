-- Grain: one row per conversion group, content level and value of that level, with (total) rows and
-- (unattributed) rows. Values of fewer persons than the setting `min_group_size` are one row per
-- level, (other).
with

value_roles as (

    select * from {{ ref('assisted_conversions', 'int_content_value_roles') }}

),

roles as (

    select * from {{ ref('assisted_conversions', 'fct_assisted_conversions_by_content') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

-- The roles of values that few persons may share, once per group.
rare_roles as (

    select
        value_roles.conversion_group,
        roles.*
    from roles
    inner join conversion_groups
        on roles.conversion_type = conversion_groups.conversion_type
    inner join value_roles
        on conversion_groups.conversion_group = value_roles.conversion_group
        and {{ same_values('roles', 'value_roles', ['level', 'value']) | indent(8) }}
    where {{ may_lack_persons('value_roles.conversions') | indent(4) }}

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

    select value_roles.*
    from value_roles
    left join small_values
        on value_roles.conversion_group = small_values.conversion_group
        and {{ same_values('value_roles', 'small_values', ['level', 'value']) | indent(8) }}
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
