{# The on-run-end hook: notes how the run ended, tells it in a few lines, and writes a summary that
   a scheduler can read as JSON. After a run that brought every model up to date, changes are
   forgotten. #}
{% macro finish_run(results) -%}
    {%- if execute and flags.WHICH in building_commands() and selects_our_nodes() -%}
        {%- set failed = [] -%}
        {%- set warnings = [] -%}
        {%- for result in results -%}
            {%- if result.status | string in ('error', 'fail', 'runtime error') -%}
                {%- do failed.append(result.node.name) -%}
            {%- elif result.status | string == 'warn' -%}
                {%- do warnings.append(result.node.name ~ ': ' ~ result.message) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- set is_complete = not failed and is_complete_build(results) -%}
        {%- if is_complete -%}
            {%- do forget_changes() -%}
        {%- endif -%}
        {%- set seconds = (
            modules.datetime.datetime.now(modules.pytz.utc) - run_started_at
        ).total_seconds() -%}
        {%- set tables = tables_built(results) -%}
        {%- set figures = run_figures(tables) -%}
        {%- set lines = closing_lines(tables, figures, warnings, failed) -%}
        {%- do close_run(own_relation('run_log', 'runs'), {
            'status': "'" ~ ('error' if failed else 'success') ~ "'",
            'is_complete': is_complete,
            'seconds': seconds,
            'conversions': figures.conversions if figures else 'null',
            'assisted_conversions': figures.assisted_conversions if figures else 'null',
        }) -%}
        {%- do commit_changes() -%}
        {%- do write_summary(run_summary(results, failed, warnings, is_complete, seconds)) -%}
        {%- for line in lines -%}
            {%- do log(line, info=true) -%}
        {%- endfor -%}
    {%- endif -%}
{%- endmacro %}

{# Whether this run built every model: not with a selection, and not in a retry. #}
{% macro is_complete_build(results) -%}
    {%- set built = [] -%}
    {%- for result in results if result.status | string == 'success' -%}
        {%- do built.append(result.node.unique_id) -%}
    {%- endfor -%}
    {%- for node in graph.nodes.values()
        if node.resource_type in ('model', 'snapshot')
        and node.package_name == 'assisted_conversions'
        and node.config.materialized != 'ephemeral'
        and node.unique_id not in built -%}
        {{ return(false) }}
    {%- endfor -%}
    {{ return(flags.WHICH != 'clone' and not flags.EMPTY) }}
{%- endmacro %}

{# What a run did, as a mapping. #}
{% macro run_summary(results, failed, warnings, is_complete, seconds) -%}
    {%- set run = run_query(
        'select run_number, cast(started_at as ' ~ dbt.type_string() ~ ') as started_at from '
        ~ own_relation('run_log', 'runs') ~ " where invocation_id = '" ~ invocation_id ~ "'"
    ).rows[0] -%}
    {%- set rows = {} -%}
    {%- set counts = own_relation('audits', 'audit_row_counts') -%}
    {%- if load_relation(counts) is not none -%}
        {%- for row in run_query(
            'select table_name, rows_read, rows_rejected from ' ~ counts ~ ' order by table_name'
        ) -%}
            {%- do rows.update({row[0]: {'read': row[1] | int, 'rejected': row[2] | int}}) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- set seconds_of_models = {} -%}
    {%- for result in results if result.node.resource_type == 'model' -%}
        {%- do seconds_of_models.update({result.node.name: result.execution_time | round(3)}) -%}
    {%- endfor -%}
    {{ return({
        'run_number': run['run_number'] | int,
        'invocation_id': invocation_id,
        'command': flags.WHICH,
        'status': 'error' if failed else 'success',
        'is_complete': is_complete,
        'started_at': run['started_at'],
        'seconds': seconds | round(3),
        'raw_rows': rows,
        'seconds_of_models': seconds_of_models,
        'warnings': warnings,
        'errors': failed,
    }) }}
{%- endmacro %}
