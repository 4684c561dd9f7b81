-- Grain: one row per conversion group and finding_rank: what the reports show, in words.
-- The most at stake first, by value or, where a group has none, by conversions.
with

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

data_cautions as (

    select * from {{ ref('assisted_conversions', 'int_data_cautions') }}

),

group_totals as (

    select
        conversion_groups.conversion_group,
        count(*) as conversions,
        {{ sum_of_amounts('conversions.conversion_value') }} as conversion_value
    from conversions
    inner join conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type
    group by conversion_groups.conversion_group

),

-- The sentence of a project without data, and the columns of all others.
no_conversions as (

    select
        '(all macro)' as conversion_group,
        'no_conversions' as finding_kind,
        cast(null as {{ dbt.type_string() }}) as channel,
        case
            when count(*) = 0 then 'There are no conversions yet'
            else 'There are no macro conversions yet'
        end as headline,
        'No report has figures before the first conversion counts. audit_row_counts says what '
        || 'became of the raw rows, audit_excluded_conversions why a conversion does not count.'
            as detail,
        'conversions' as figure_name,
        {{ as_double(0) }} as figure,
        cast(null as {{ double_type() }}) as figure_low,
        cast(null as {{ double_type() }}) as figure_high,
        cast(null as {{ double_type() }}) as conversions_at_stake,
        cast(null as {{ amount_sum_type() }}) as value_at_stake,
        cast(null as {{ dbt.type_string() }}) as caution,
        'fct_conversions' as source_report
    from conversions
    having count(case when conversion_class = 'macro' then 1 end) = 0

),

findings as (

    select * from no_conversions
    {%- for part in finding_parts() if finding_is_on(part) %}
    union all
    select * from {{ ref('assisted_conversions', part) }}
    {%- endfor %}

),

-- A report that has no values is valued at the average conversion of the group; in a group without
-- value nothing has one.
valued as (

    select
        findings.conversion_group,
        findings.finding_kind,
        findings.channel,
        findings.headline,
        findings.detail,
        findings.figure_name,
        findings.figure,
        findings.figure_low,
        findings.figure_high,
        findings.conversions_at_stake,
        findings.caution,
        findings.source_report,
        case
            when group_totals.conversion_value != 0 then cast(coalesce(
                findings.value_at_stake,
                {{ money(
                    'findings.conversions_at_stake * greatest('
                    ~ ratio('group_totals.conversion_value', 'group_totals.conversions') ~ ', 0)'
                ) }}
            ) as {{ amount_sum_type() }})
        end as value_at_stake
    from findings
    left join group_totals
        on findings.conversion_group = group_totals.conversion_group

),

final as (

    select
        valued.conversion_group,
        cast(row_number() over (
            partition by valued.conversion_group
            order by
                coalesce(valued.value_at_stake, -1) desc,
                {{ rounded('coalesce(valued.conversions_at_stake, -1)', 6) }} desc,
                valued.finding_kind,
                coalesce(valued.channel, ''),
                valued.headline
        ) as {{ dbt.type_bigint() }}) as finding_rank,
        valued.finding_kind,
        valued.channel,

        valued.headline,
        valued.detail,

        valued.figure_name,
        valued.figure,
        valued.figure_low,
        valued.figure_high,
        valued.conversions_at_stake,
        valued.value_at_stake,

        valued.caution,
        coalesce(data_cautions.data_flag, 'ok') as data_flag,
        valued.source_report
    from valued
    left join data_cautions
        on valued.conversion_group = data_cautions.conversion_group

)

select * from final
