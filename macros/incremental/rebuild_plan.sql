{#
    What a run has to do for a node: nothing where neither its code nor what it reads has changed
    since it was last brought up to date; a part of it where it reads changes that are described;
    else all of it. A run that died, a selection of models, a retry: all leave nodes behind others,
    and the versions in the run log say by how much.
#}

{#
    Arguments: node, the dbt node; code, its compiled code; exists, whether its relation is there.
    Returns a mapping: mode (`full`, `part` or `none`), node, run_number, version and
    previous_version of its content (0 where there is none), kind, fingerprint, is_new_code (made
    for the first time, by other code or by order), changed_parents (names of those that changed
    since).
    Example: rebuild_plan(model, compiled_code, true).mode
#}
{% macro rebuild_plan(node, code, exists) -%}
    {%- set parents = data_parents(node, []) -%}
    {%- set steps = latest_steps([node.unique_id] + parents) -%}
    {%- set own = steps.get(node.unique_id) -%}
    {%- set plan = {
        'node': node.unique_id,
        'run_number': steps.this_run.run_number,
        'version': own.version if own else 0,
        'previous_version': own.previous_version if own else 0,
        'kind': own.kind if own else 'replaced',
        'fingerprint': code_fingerprint(node, code ~ steps.this_run.surroundings),
        'changed_parents': [],
        'mode': 'none',
        'is_new_code': false,
    } -%}
    {%- if not exists or own is none or flags.FULL_REFRESH
        or own.fingerprint != plan.fingerprint -%}
        {%- do plan.update({'mode': 'full', 'is_new_code': true}) -%}
    {%- endif -%}
    {%- for parent in parents -%}
        {%- set step = steps.get(parent) -%}
        {%- if step is none -%}
            {%- do plan.update({'mode': 'full'}) -%}
        {%- elif step.version > (own.run_number if own else 0) -%}
            {%- do plan.changed_parents.append(parent.split('.')[-1]) -%}
            {%- if plan.mode == 'none' -%}
                {%- do plan.update({'mode': 'part'}) -%}
            {%- endif -%}
            {%- if step.kind == 'replaced' or own is none
                or step.previous_version > own.run_number -%}
                {%- do plan.update({'mode': 'full'}) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(plan) }}
{%- endmacro %}


{#
    The latest step of each of some nodes: a mapping of node to its row; and `this_run`, a row with
    this run's run_number and the surroundings: what tables hang on beside code, the version of the
    engine, whose hashes they hold, and the salt of the e-mail hash, itself hashed.
    Example: latest_steps(['model.assisted_conversions.int_conversions'])
#}
{% macro latest_steps(nodes) -%}
    {%- set steps = {} -%}
    {%- set rows = run_query(
        'select this_run.run_number as this_run, this_run.surroundings, steps.* from ('
        ~ 'select max(run_number) as run_number, ' ~ engine_version() ~ ' || '
        ~ salted_hash("'surroundings'") ~ ' as surroundings from '
        ~ run_log('runs') ~ ') as this_run left join ('
        ~ 'select *, row_number() over (partition by node order by run_number desc) as step_rank '
        ~ 'from ' ~ run_log('steps') ~ ' where node in (' ~ quoted_list(nodes)
        ~ ')) as steps on steps.step_rank = 1'
    ) -%}
    {%- for row in rows -%}
        {%- do steps.update({
            row['node']: row,
            'this_run': {
                'run_number': row['this_run'], 'surroundings': row['surroundings']
            },
        }) -%}
    {%- endfor -%}
    {{ return(steps) }}
{%- endmacro %}


{#
    The tables, seeds and raw tables that a node reads, be it through views, and those views: a
    list of unique ids.
    Example: data_parents(model, [])
#}
{% macro data_parents(node, found) -%}
    {%- for parent in node.depends_on.nodes if parent not in found -%}
        {%- do found.append(parent) -%}
        {%- if parent in graph.nodes and graph.nodes[parent].config.materialized == 'view' -%}
            {%- do data_parents(graph.nodes[parent], found) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found) }}
{%- endmacro %}


{#
    A checksum of what a node's content hangs on, beside what it reads: its code with all settings
    in it, and its contract.
    Arguments: node, the dbt node; code, of the node and whatever else is to count.
    Example: code_fingerprint(model, compiled_code)
#}
{% macro code_fingerprint(node, code) -%}
    {%- set database = adapter.quote(target.database or '') -%}
    {#- In Python code relations stand in quoted texts. #}
    {%- set parts = [
        code | replace(database ~ '.', '') | replace(database.replace('"', '\\"') ~ '.', '')
            | replace('database = ' ~ database, ''),
        node.config.meta,
    ] -%}
    {%- if node.get('contract') and node.contract.enforced -%}
        {%- for column in node.columns.values() -%}
            {%- do parts.append([column.name, column.data_type, column.constraints]) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(local_md5(parts | string)) }}
{%- endmacro %}
