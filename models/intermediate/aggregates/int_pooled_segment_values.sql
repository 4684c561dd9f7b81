-- Grain: one row per conversion group, segment and segment value that is not shown alone.
with

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

segments as (

    {{ segment_names() | indent(4) }}

),

conversion_segments as (

    select
        conversion_groups.conversion_group,
        segments.segment,
        {{ segment_value('segments.segment', 'conversions') | indent(8) }} as segment_value,
        conversions.person_id
    from conversions
    inner join conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type
    cross join segments

),

final as (

    {{ pooled_values(
        'conversion_segments', ['conversion_group', 'segment'], ['segment_value']
    ) | indent(4) }}

)

select * from final
