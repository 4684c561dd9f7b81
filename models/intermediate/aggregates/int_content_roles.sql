-- Grain: one row per conversion group, content level and value of that level, with (total) rows and
-- (unattributed) rows. Small values of a level (setting `min_group_size`) are one row, (other).
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

members as (

    select
        conversion_groups.conversion_group,
        roles.level,
        roles.value,
        roles.person_id
    from roles
    inner join conversion_groups
        on roles.conversion_type = conversion_groups.conversion_type

),

small_values as (

    {{ pooled_values('members', ['conversion_group', 'level'], ['value']) | indent(4) }}

),

-- Each conversion once, however many small values of a level take part in it.
pooled as (

    select
        small_values.conversion_group,
        small_values.level,
        roles.conversion_key,
        {{ pooled_roles('roles') | indent(8) }}
    from roles
    inner join conversion_groups
        on roles.conversion_type = conversion_groups.conversion_type
    inner join small_values
        on conversion_groups.conversion_group = small_values.conversion_group
        and {{ same_values('roles', 'small_values', ['level', 'value']) | indent(8) }}
    group by small_values.conversion_group, small_values.level, roles.conversion_key

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
