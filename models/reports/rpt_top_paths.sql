-- Grain: one row per conversion group and collapsed path.
-- Paths of fewer than `min_group_size` persons are one row, (other paths), so that none shows a
-- single person; conversions without a path are the row (unattributed).
with

conversions as (

    select * from {{ ref('fct_conversions') }}

),

conversion_groups as (

    select * from {{ ref('int_conversion_groups') }}

),

grouped as (

    select
        conversion_groups.conversion_group,
        coalesce(conversions.path_collapsed, '(unattributed)') as path_collapsed,
        conversions.is_attributed,
        conversions.person_id,
        conversions.conversion_value,
        conversions.path_length,
        conversions.days_to_conversion
    from conversions
    inner join conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type

),

path_persons as (

    select
        conversion_group,
        path_collapsed,
        count(distinct person_id) as persons
    from grouped
    group by
        conversion_group,
        path_collapsed

),

pooled as (

    select
        grouped.* {{ except_columns(['path_collapsed']) }},
        grouped.path_collapsed as shown_path,
        case
            when path_persons.persons >= {{ setting('min_group_size') }}
                or not grouped.is_attributed
                then grouped.path_collapsed
            else '(other paths)'
        end as path_collapsed
    from grouped
    inner join path_persons
        on
            grouped.conversion_group = path_persons.conversion_group
            and grouped.path_collapsed = path_persons.path_collapsed

),

summed as (

    select
        conversion_group,
        path_collapsed,
        count(*) as conversions,
        count(distinct person_id) as persons,
        count(distinct shown_path) as paths,
        cast(sum(conversion_value) as decimal(18, 4)) as conversion_value,
        avg(path_length) as average_path_length,
        avg(days_to_conversion) as average_days_to_conversion
    from pooled
    group by
        conversion_group,
        path_collapsed

),

final as (

    select
        conversion_group,
        path_collapsed,

        conversions,
        persons,
        paths,
        conversion_value,

        average_path_length,
        average_days_to_conversion,
        {{ ratio('conversions', 'sum(conversions) over (partition by conversion_group)') }}
            as share_of_conversions,
        row_number() over (
            partition by conversion_group order by conversions desc, path_collapsed
        ) as path_rank
    from summed

)

select * from final
