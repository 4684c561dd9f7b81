-- Grain: one row per conversion group and collapsed path.
-- Paths of fewer than `min_group_size` persons are one row, (other paths), so that none shows a
-- single person; conversions without a path are the row (unattributed).
{%- set pools = setting('min_group_size') > 1 %}
{%- set by_person = ['conversion_group', 'path_collapsed', 'person_id']
    + (['shown_path'] if pools else []) %}
with

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

grouped as (

    select
        conversion_groups.conversion_group,
        coalesce(conversions.path_collapsed, '(unattributed)') as path_collapsed,
        conversions.is_attributed,
        {{ row_hash(['conversions.person_id']) }} as person_id,
        conversions.conversion_value,
        conversions.path_length,
        conversions.days_to_conversion
    from conversions
    inner join conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type

),

named as (

    select
        *,
        {{ row_hash(['path_collapsed']) }} as shown_path
    from grouped

),

pooled as (

    {{ pooled_values(
        'named', ['conversion_group'], ['path_collapsed'], '(other paths)', 'not is_attributed'
    ) | indent(4) }}

),

-- By person first: to count distinct ones takes longer than to group once more.
per_person as (

    select
        {{ by_person | join(',\n        ') }},
        count(*) as conversions,
        sum(conversion_value) as conversion_value,
        sum(path_length) as path_lengths,
        sum(days_to_conversion) as days_to_conversion
    from pooled
    group by
        {{ by_person | join(',\n        ') }}

),

summed as (

    select
        conversion_group,
        path_collapsed,
        cast(sum(conversions) as bigint) as conversions,
        {% if pools -%}
        count(distinct person_id) as persons,
        count(distinct shown_path) as paths,
        {% else -%}
        count(*) as persons,
        cast(1 as bigint) as paths,
        {% endif -%}
        cast(sum(conversion_value) as decimal(18, 4)) as conversion_value,
        sum(path_lengths) / cast(sum(conversions) as double) as average_path_length,
        sum(days_to_conversion) / sum(conversions) as average_days_to_conversion
    from per_person
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
