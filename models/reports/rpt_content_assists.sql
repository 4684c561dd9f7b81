-- Grain: one row per conversion group, content level and value of that level, with (total) rows and
-- (unattributed) rows. Values of fewer than `min_group_size` persons are pooled.
with

ad_spend as (

    select * from {{ ref('assisted_conversions', 'fct_ad_spend_daily') }}

),

sums as (

    {{ grouped_role_sums(
        ref('assisted_conversions', 'int_content_role_sums'), ref('assisted_conversions', 'int_conversion_groups'), ['level', 'value']
    ) | indent(4) }}

),

grouped_unattributed as (

    {{ unattributed_conversions(
        ref('assisted_conversions', 'fct_conversions'), ref('assisted_conversions', 'int_conversion_groups')
    ) | indent(4) }}

),

levels as (

    select distinct level from sums

),

-- A conversion stands once under each level, whose values share it.
unattributed as (

    select
        grouped_unattributed.conversion_group,
        levels.level,
        grouped_unattributed.conversions
    from grouped_unattributed
    cross join levels

),

conversions as (

    {{ each_group(ref('assisted_conversions', 'fct_conversions'), ref('assisted_conversions', 'int_conversion_groups')) | indent(4) }}

),

-- What pools are made from; without pools nobody reads it.
parts as ( -- noqa: ST03

    {{ grouped_parts(
        'conversions', ref('assisted_conversions', 'fct_assisted_conversions_by_content'), [], ['level', 'value']
    ) | indent(4) }}

),

shown_sums as (

    {{ pooled_role_sums(
        'sums', 'parts', ['conversion_group', 'level'], ['value'], '(other)'
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
    'sums', 'shown_sums', 'unattributed', 'costs', ['level'], ['value'], ['level', 'value']
) }}

select * from final
