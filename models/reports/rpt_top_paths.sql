-- Grain: one row per conversion group and collapsed path.
-- Small paths (setting `min_group_size`) are one row, (other paths); conversions without a path are
-- the row (unattributed).
with

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

grouped_conversions as (

    select
        conversion_groups.conversion_group,
        coalesce(conversions.path_collapsed, '(unattributed)') as path_collapsed,
        conversions.person_id,
        conversions.conversion_value,
        conversions.path_length,
        conversions.days_to_conversion
    from conversions
    inner join conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type

),

paths as (

    select * from grouped_conversions
    where path_collapsed != '(unattributed)'

),

small_paths as (

    {{ pooled_values('paths', ['conversion_group'], ['path_collapsed']) | indent(4) }}

),

shown_paths as (

    select
        grouped_conversions.*,
        case
            when small_paths.path_collapsed is null then grouped_conversions.path_collapsed
            else '(other paths)'
        end as shown_path
    from grouped_conversions
    left join small_paths
        on grouped_conversions.conversion_group = small_paths.conversion_group
        and grouped_conversions.path_collapsed = small_paths.path_collapsed

),

path_sums as (

    select
        conversion_group,
        shown_path as path_collapsed,
        count(*) as conversions,
        count(distinct person_id) as persons,
        count(distinct path_collapsed) as paths,
        {{ sum_of_amounts('conversion_value') }} as conversion_value,
        avg(cast(path_length as {{ double_type() }})) as average_path_length,
        avg(days_to_conversion) as average_days_to_conversion
    from shown_paths
    group by conversion_group, shown_path

),

final as (

    select
        *,
        {{ ratio('conversions', 'sum(conversions) over (partition by conversion_group)') }}
            as share_of_conversions,
        cast(row_number() over (
            partition by conversion_group order by conversions desc, path_collapsed
        ) as {{ dbt.type_bigint() }}) as path_rank
    from path_sums

)

select * from final
