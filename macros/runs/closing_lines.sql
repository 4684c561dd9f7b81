{# What a run tells at its end, from the tables that it built: what it did not build may be missing
   or have other columns. #}

{# The relations of the tables that a run built, by the names of their models; none after
   `--empty` and `dbt clone`, which bring no rows. #}
{% macro tables_built(results) -%}
    {%- set tables = {} -%}
    {%- for result in results
        if result.status | string == 'success'
        and result.node.resource_type == 'model'
        and result.node.package_name == 'assisted_conversions'
        and flags.WHICH != 'clone'
        and not flags.EMPTY -%}
        {%- do tables.update({result.node.name: api.Relation.create(
            database=result.node.database,
            schema=result.node.schema,
            identifier=result.node.alias
        )}) -%}
    {%- endfor -%}
    {{ return(tables) }}
{%- endmacro %}

{# The macro conversions that a run counts, as a mapping; none where it counted none anew.
   Arguments: tables, of `tables_built`. #}
{% macro run_figures(tables) -%}
    {%- if 'fct_conversions' not in tables -%}
        {{ return(none) }}
    {%- endif -%}
    {%- set row = run_query(
        'select count(*) as conversions,'
        ~ ' coalesce(sum(case when is_assisted then 1 end), 0) as assisted_conversions,'
        ~ ' coalesce(sum(conversion_value), 0) as conversion_value,'
        ~ ' min(conversion_date) as first_date, max(conversion_date) as last_date'
        ~ ' from ' ~ tables['fct_conversions'] ~ " where conversion_class = 'macro'"
    ).rows[0] -%}
    {{ return({
        'conversions': row['conversions'] | int,
        'assisted_conversions': row['assisted_conversions'] | int,
        'conversion_value': row['conversion_value'] | float,
        'first_date': row['first_date'],
        'last_date': row['last_date'],
    }) }}
{%- endmacro %}

{# The lines, at most ten; none where the run counted no conversions anew.
   Arguments: tables, of `tables_built`; figures, of `run_figures`; warnings and failed, lists. #}
{% macro closing_lines(tables, figures, warnings, failed) -%}
    {%- if figures is none -%}
        {{ return([]) }}
    {%- endif -%}
    {%- set lines = [] -%}
    {%- if figures.conversions == 0 -%}
        {%- do lines.append('Conversions: there are no macro conversions yet') -%}
    {%- else -%}
        {%- do lines.append(
            'Conversions: ' ~ '{:,}'.format(figures.conversions) ~ ' (all macro)'
            ~ (', worth ' ~ '{:,.0f}'.format(figures.conversion_value) ~ ' '
                ~ setting('reporting_currency') if figures.conversion_value else '')
            ~ ', from ' ~ figures.first_date ~ ' to ' ~ figures.last_date
        ) -%}
        {%- do lines.append(
            'Assisted: ' ~ '{:,}'.format(figures.assisted_conversions) ~ ' of them, '
            ~ '{:.0f}'.format(100 * figures.assisted_conversions / figures.conversions) ~ ' %'
        ) -%}
    {%- endif -%}
    {%- if 'rpt_channel_assists' in tables -%}
        {%- for title, measure in {
            'Most assists': 'assisted_conversions', 'Most closes': 'last_conversions'
        }.items() -%}
            {%- set channels = top_channels(tables['rpt_channel_assists'], measure) -%}
            {%- if channels -%}
                {%- do lines.append(title ~ ': ' ~ (channels | join(', '))) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endif -%}
    {%- if 'rpt_findings' in tables -%}
        {%- set findings = run_query(
            'select headline from ' ~ tables['rpt_findings']
            ~ " where conversion_group = '(all macro)' and finding_rank = 1"
        ).rows -%}
        {%- for finding in findings -%}
            {%- do lines.append('First finding: ' ~ shortened(finding['headline'], 160)) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- do lines.append(change_since_last_run(figures)) -%}
    {%- if 'audit_row_counts' in tables -%}
        {%- set rows = run_query(
            'select coalesce(sum(rows_read), 0) as rows_read,'
            ~ ' coalesce(sum(rows_rejected), 0) as rows_rejected from ' ~ tables['audit_row_counts']
        ).rows[0] -%}
        {%- do lines.append(
            'Raw rows: ' ~ '{:,}'.format(rows['rows_read'] | int) ~ ' read, '
            ~ '{:,}'.format(rows['rows_rejected'] | int) ~ ' rejected'
        ) -%}
    {%- endif -%}
    {%- do lines.append('Warnings: ' ~ (counted_names(warnings) or 'none')) -%}
    {%- if failed -%}
        {%- do lines.append('Errors: ' ~ counted_names(failed)) -%}
    {%- endif -%}
    {%- set places = [] -%}
    {%- for name in ['rpt_findings', 'rpt_channel_assists', 'audit_rejected_rows'] if name in tables -%}
        {%- do places.append(tables[name].schema ~ '.' ~ tables[name].identifier) -%}
    {%- endfor -%}
    {%- if project_name == 'assisted_conversions' -%}
        {%- do places.append('`make report` for a page') -%}
    {%- endif -%}
    {%- if places -%}
        {%- do lines.append('Where to look: ' ~ (places | join(', '))) -%}
    {%- endif -%}
    {{ return(lines) }}
{%- endmacro %}
