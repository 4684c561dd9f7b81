-- Grain: one row per conversion group, content level and value of that level, with (total) rows and
-- (unattributed) rows. Values of fewer than `min_group_size` persons are pooled.
with

conversions as (

    {{ grouped_conversions(
        ref('fct_conversions'),
        ref('fct_assisted_conversions_by_content'),
        ref('int_conversion_groups')
    ) | indent(4) }}

),

assisted as (

    select * from {{ ref('fct_assisted_conversions_by_content') }}

),

ad_spend as (

    select * from {{ ref('fct_ad_spend_daily') }}

),

levels as (

    select distinct level from assisted

),

with_assist_only as (

    select distinct
        conversion_key,
        level
    from assisted
    where is_assist_only

),

-- Every conversion stands once under each level, whose values share it.
leveled as (

    select
        conversions.* {{ except_columns(['is_assist_only']) }},
        levels.level,
        with_assist_only.conversion_key is not null as is_assist_only
    from conversions
    cross join levels
    left join with_assist_only
        on
            conversions.conversion_key = with_assist_only.conversion_key
            and levels.level = with_assist_only.level

),

parts as (

    {{ grouped_parts('conversions', 'assisted', [], ['level', 'value']) | indent(4) }}

),

shown_parts as (

    {{ pooled_parts(
        'parts', ['conversion_group', 'level'], ['value'], '(other)'
    ) | indent(4) }}

),

-- Spend is known by source and medium, and where it is tagged by creative.
costs as (

    select
        'content' as level,
        content as value,
        sum(cost) as cost
    from ad_spend
    where content is not null
    group by content
    union all
    select
        'source_medium' as level,
        source || ' / ' || medium as value,
        sum(cost) as cost
    from ad_spend
    group by
        source,
        medium

),

{{ assists_report(
    'leveled', 'shown_parts', 'costs', ['level'], ['value'], ['level', 'value']
) }}

select * from final
