-- What: no figure of a decision report exceeds the conversions of its group; what counts all of
--     them, or all that were closed, is exactly as many.
-- Why: a report that shows more conversions than there were loses every argument.
-- Resolve: count distinct conversions in totals, keep `(unattributed)`, pool without repeating.
{%- set no_channel = "('(total)', '(unattributed)')" %}
{#- Each: report, figure, rows it is taken over, what a figure is per, what it is of. #}
{%- set exact = [
    ('rpt_channel_roles', 'sum(last_conversions)', 'true', "''", 'closed'),
    ('rpt_assist_trends', 'sum(last_conversions)', 'true', "''", 'closed'),
    ('rpt_segments', 'sum(conversions)', "channel = '(total)'", 'segment', 'all'),
    ('rpt_segments', 'sum(last_conversions)', 'channel not in ' ~ no_channel, 'segment', 'closed'),
    ('rpt_campaign_assists', 'sum(conversions)', "channel = '(total)'", "''", 'all'),
    ('rpt_campaign_assists', 'sum(last_conversions)', 'channel not in ' ~ no_channel, "''", 'closed'),
    ('rpt_content_assists', 'sum(conversions)', "value = '(total)'", 'level', 'all'),
    (
        'rpt_content_assists',
        'sum(last_conversions)',
        "coalesce(value, '') not in " ~ no_channel,
        'level',
        'closed',
    ),
    ('rpt_channel_costs', 'sum(credit)', "period = '(all)'", 'attribution_model', 'all'),
    ('rpt_path_clusters', 'sum(conversions)', 'true', "''", 'all'),
] %}
{%- set at_most = [
    ('rpt_segments', 'max(conversions)', 'true', "''", 'all'),
    ('rpt_campaign_assists', 'max(conversions)', 'true', "''", 'all'),
    ('rpt_content_assists', 'max(conversions)', 'true', "''", 'all'),
    ('rpt_channel_roles', 'max(conversions)', 'true', "''", 'closed'),
    ('rpt_funnel_stages', 'max(assisted_conversions)', 'true', "''", 'closed'),
    ('rpt_assist_trends', 'sum(assisted_conversions)', 'true', 'channel', 'closed'),
    ('rpt_channel_costs', 'max(assisted_conversions)', 'true', "''", 'closed'),
    ('rpt_lookback_sensitivity', 'max(assisted_conversions)', 'true', "''", 'all'),
    ('rpt_lookback_sensitivity', 'sum(last_conversions)', 'true', 'lookback_days', 'all'),
    ('rpt_model_comparison', 'sum(credit)', 'true', 'attribution_model', 'all'),
    ('rpt_calibrated_assists', 'sum(calibrated_credit)', 'true', 'attribution_model', 'all'),
] %}
{%- if setting('data_driven') %}
{%- do at_most.append(
    ('rpt_channel_removal', 'max(conversions_at_risk)', 'true', "''", 'closed')
) %}
{%- endif %}
with

due as (
    select
        conversion_groups.conversion_group,
        count(*) as conversions,
        count(case when conversions.is_attributed then 1 end) as closed_conversions
    from {{ ref('assisted_conversions', 'fct_conversions') }} as conversions
    inner join {{ ref('assisted_conversions', 'int_conversion_groups') }} as conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type
    group by conversion_groups.conversion_group
),

found as (
    {%- for report, figure, condition, per, bound in exact + at_most %}
    select
        '{{ report }}' as report,
        '{{ figure }}' as figure,
        {{ loop.index <= exact | length }} as is_exact,
        '{{ bound }}' as bound,
        conversion_group,
        cast({{ per }} as {{ dbt.type_string() }}) as part,
        cast({{ figure }} as {{ double_type() }}) as counted
    from {{ ref('assisted_conversions', report) }}
    where {{ condition }}
    group by
        conversion_group,
        cast({{ per }} as {{ dbt.type_string() }})
    {{ 'union all' if not loop.last }}
    {%- endfor %}
    union all
    select
        'rpt_conversion_sources' as report,
        'macro_conversions' as figure,
        true as is_exact,
        'all' as bound,
        macro_type as conversion_group,
        micro_type as part,
        cast(greatest(macro_conversions, preceded_conversions) as {{ double_type() }}) as counted
    from {{ ref('assisted_conversions', 'rpt_conversion_sources') }}
),

compared as (
    select
        found.*,
        coalesce(
            case when found.bound = 'closed' then due.closed_conversions else due.conversions end, 0
        ) as conversions
    from found
    left join due
        on found.conversion_group = due.conversion_group
),

reports as (
    {%- for report in (exact + at_most) | map('first') | unique %}
    select '{{ report }}' as report
    {{ 'union all' if not loop.last }}
    {%- endfor %}
),

-- Every report shows the macro conversions, where any has a path.
missing as (
    select
        reports.report,
        'missing' as figure,
        true as is_exact,
        'all' as bound,
        due.conversion_group,
        null as part,
        cast(null as {{ double_type() }}) as counted,
        due.conversions
    from reports
    cross join due
    left join found
        on reports.report = found.report
        and due.conversion_group = found.conversion_group
    where
        due.conversion_group = '(all macro)'
        and due.closed_conversions > 0
        and found.report is null
)

select * from compared
where
    counted > conversions + 1e-6
    or (is_exact and counted < conversions - 1e-6)
union all
select * from missing
