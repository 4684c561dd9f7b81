-- Grain: one row per conversion group, content level and value of that level, and (total), where
-- persons have several conversions. Small values are pooled as in int_content_roles.
-- How often the value assists or closes several conversions of one person.
{%- set has_pools = setting('min_group_size') > 1 %}
with

conversions as (

    select * from {{ ref('assisted_conversions', 'int_repeat_conversions') }}

),

content_roles as (

    select * from {{ ref('assisted_conversions', 'fct_assisted_conversions_by_content') }}

),

shown_values as (

    select * from {{ ref('assisted_conversions', 'int_content_roles') }}

),

shown_roles as (

    select
        conversions.conversion_group,
        content_roles.level,
        case
            when shown_values.level is null then '(other)' else content_roles.value
        end as value,
        conversions.conversion_key,
        conversions.person_hash,
        content_roles.is_assist,
        content_roles.is_last
    from content_roles
    inner join conversions
        on content_roles.conversion_key = conversions.conversion_key
    left join shown_values
        on conversions.conversion_group = shown_values.conversion_group
        and {{ same_values('content_roles', 'shown_values', ['level', 'value']) | indent(8) }}

),

-- A pool takes part in a conversion once, however many of its values do.
roles as (

    select
        conversion_group,
        level,
        value,
        person_hash,
        {{ dbt.bool_or('is_assist') if has_pools else 'is_assist' }} as is_assist,
        {{ dbt.bool_or('is_last') if has_pools else 'is_last' }} as is_last
    from shown_roles
    {%- if has_pools %}
    group by conversion_group, level, value, person_hash, conversion_key
    {%- endif %}
    union all
    select
        conversions.conversion_group,
        shown_values.level,
        '(total)' as value,
        conversions.person_hash,
        conversions.is_assist,
        conversions.is_last
    from conversions
    inner join shown_values
        on conversions.conversion_group = shown_values.conversion_group
        and shown_values.value = '(total)'

),

persons as (

    select
        conversion_group,
        level,
        value,
        person_hash,
        {{ person_roles('roles') | indent(8) }}
    from roles
    group by
        conversion_group,
        level,
        value,
        person_hash

),

final as (

    select
        conversion_group,
        level,
        value,
        {{ repeat_pairs('persons') | indent(8) }}
    from persons
    group by
        conversion_group,
        level,
        value

)

select * from final
