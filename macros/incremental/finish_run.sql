{#
    Closes a run: notes its status, and writes a summary that a scheduler can read as JSON to the
    file that environment variable ATTRIBUTION_SUMMARY names (default run_summary.json in dbt's
    target folder).
    On-run-end hook; runs also where nodes failed.
    Arguments: results, as dbt gives them to the hook.
    Example: on-run-end: "{{ finish_run(results) }}"
#}
{% macro finish_run(results) -%}
    {%- if execute and flags.WHICH in building_commands() -%}
        {%- set failed = [] -%}
        {%- set warnings = [] -%}
        {%- for result in results -%}
            {%- if result.status | string in ('error', 'fail', 'runtime error') -%}
                {%- do failed.append(result.node.name) -%}
            {%- elif result.status | string == 'warn' -%}
                {%- do warnings.append(result.node.name ~ ': ' ~ result.message) -%}
            {%- endif -%}
        {%- endfor -%}
        {%- set seconds = (
            modules.datetime.datetime.now(modules.pytz.utc) - run_started_at
        ).total_seconds() -%}
        {%- set run_number = this_run() -%}
        {%- do run_query(
            'update ' ~ run_log('runs') ~ " set status = '" ~ ('error' if failed else 'success')
            ~ "', seconds = " ~ seconds ~ ' where run_number = ' ~ run_number
        ) -%}
        {%- do write_summary(run_summary(run_number, failed, warnings)) -%}
        {%- if not failed and is_complete_build(results) -%}
            {%- do forget_changes() -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}


{#
    Whether this run looked at every model: not with a selection, and not in a retry of what failed
    before.
    Arguments: results, as dbt gives them to the hook.
    Example: is_complete_build(results)
#}
{% macro is_complete_build(results) -%}
    {%- set looked_at = results | map(attribute='node') | map(attribute='unique_id') | list -%}
    {%- for node in graph.nodes.values()
        if node.resource_type == 'model' and node.package_name == 'assisted_conversions'
        and node.unique_id not in looked_at -%}
        {{ return(false) }}
    {%- endfor -%}
    {{ return(true) }}
{%- endmacro %}


{#
    Empties the tables that say what changed, after a run that brought everything up to date: what
    was erased must not live on in them.
    Example: forget_changes()
#}
{% macro forget_changes() -%}
    {%- set listed = [] -%}
    {%- for node in graph.nodes.values()
        if node.resource_type == 'model' and node.config.materialized == 'table' -%}
        {%- set relation = api.Relation.create(
            database=node.database, schema=node.schema, identifier=node.alias
        ) -%}
        {%- if node.config.meta.get('keeps_changes') -%}
            {%- do listed.append(changes_relation(relation)) -%}
        {%- elif node.config.meta.get('lists_changes') -%}
            {%- do listed.append(relation) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for relation in listed -%}
        {%- if run_query('select count(*) from ' ~ relation).columns[0].values()[0] > 0 -%}
            {%- do run_query('delete from ' ~ relation) -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}


{#
    What a run did, as a mapping.
    Arguments: run_number; failed, names of nodes; warnings, texts.
    Example: run_summary(7, [], []).status -> success
#}
{% macro run_summary(run_number, failed, warnings) -%}
    {%- set run = run_query(
        'select command, status, cast(started_at as varchar) as started_at, round(seconds, 3) as seconds from '
        ~ run_log('runs') ~ ' where run_number = ' ~ run_number
    ).rows[0] -%}
    {%- set rows_in = {} -%}
    {%- for row in run_query(
        'select table_name, sum(raw_rows) as raw_rows, cast(max(latest_loaded_at) as varchar) as watermark, '
        ~ 'count(case when version = ' ~ run_number ~ ' then 1 end) as changed_days from '
        ~ run_log('raw_days') ~ ' group by table_name order by table_name'
    ) -%}
        {%- do rows_in.update({row['table_name']: {
            'rows': row['raw_rows'] | int, 'watermark': row['watermark'],
            'changed_days': row['changed_days'] | int,
        }}) -%}
    {%- endfor -%}
    {%- set changed = {} -%}
    {%- for row in run_query(
        'select node, kind, rows_removed, rows_added from ' ~ run_log('steps')
        ~ ' where run_number = ' ~ run_number ~ " and version = run_number and node like 'model.%' "
        ~ 'order by node'
    ) -%}
        {%- do changed.update({row['node'].split('.')[-1]: {
            'kind': row['kind'],
            'rows_removed': row['rows_removed'] | int if row['rows_removed'] is not none else none,
            'rows_added': row['rows_added'] | int if row['rows_added'] is not none else none,
        }}) -%}
    {%- endfor -%}
    {%- set rejected = {} -%}
    {%- set counts = own_relation('audits', 'audit_row_counts') -%}
    {%- if load_relation(counts) is not none -%}
        {%- for row in run_query('select table_name, rows_rejected from ' ~ counts) -%}
            {%- do rejected.update({row['table_name']: row['rows_rejected'] | int}) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return({
        'run_number': run_number | int,
        'invocation_id': invocation_id,
        'command': run['command'],
        'status': run['status'],
        'started_at': run['started_at'],
        'seconds': run['seconds'] | float,
        'rows_in': rows_in,
        'rows_rejected': rejected,
        'tables_changed': changed,
        'warnings': warnings,
        'errors': failed,
    }) }}
{%- endmacro %}
