-- What: the totals of every report are the conversions of its group and their value; no row shows
--     more conversions than the group has.
-- Why: assists added over channels are the classic way to report more conversions than there were.
-- Resolve: count distinct conversions, and keep those with an empty path as `(unattributed)`.
{%- set distributions = ['rpt_path_length', 'rpt_time_lag', 'rpt_top_paths'] %}
with

due as (
    select
        conversion_groups.conversion_group,
        count(*) as conversions,
        count(case when conversions.is_assisted then 1 end) as assisted_conversions,
        sum(conversions.conversion_value) as conversion_value
    from {{ ref('assisted_conversions', 'fct_conversions') }} as conversions
    inner join {{ ref('assisted_conversions', 'int_conversion_groups') }} as conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type
    group by conversion_groups.conversion_group
),

found as (
    {%- for report in distributions %}
    select
        '{{ report }}' as report,
        conversion_group,
        sum(conversions) as conversions,
        sum(conversion_value) as conversion_value,
        max(conversions) as most_conversions
    from {{ ref('assisted_conversions', report) }}
    group by conversion_group
    union all
    {%- endfor %}
    select
        'rpt_channel_assists' as report,
        conversion_group,
        sum(case when channel = '(total)' then conversions end) as conversions,
        null as conversion_value,
        max(conversions) as most_conversions
    from {{ ref('assisted_conversions', 'rpt_channel_assists') }}
    group by conversion_group
    union all
    select
        'rpt_channel_pairs' as report,
        conversion_group,
        null as conversions,
        null as conversion_value,
        max(conversions) as most_conversions
    from {{ ref('assisted_conversions', 'rpt_channel_pairs') }}
    group by conversion_group
),

due_reports as (
    {%- for report in distributions + ['rpt_channel_assists'] %}
    select
        '{{ report }}' as report,
        conversion_group
    from due
    union all
    {%- endfor %}
    select
        'rpt_channel_pairs' as report,
        conversion_group
    from due
    where assisted_conversions > 0
),

matched as (
    select
        due_reports.report as due_report,
        found.report as found_report,
        coalesce(due_reports.conversion_group, found.conversion_group) as conversion_group,
        found.conversions as found_conversions,
        found.conversion_value as found_conversion_value,
        found.most_conversions
    from due_reports
    full join found
        on due_reports.report = found.report
        and due_reports.conversion_group = found.conversion_group
)

select
    matched.*,
    due.conversions,
    due.conversion_value
from matched
left join due
    on matched.conversion_group = due.conversion_group
where
    matched.found_report is null
    or due.conversions is null
    or matched.found_conversions != due.conversions
    or matched.found_conversion_value != due.conversion_value
    or matched.most_conversions > due.conversions
