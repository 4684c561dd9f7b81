{# The log of runs, one table that models cannot make: run_log.runs has a row per run, and
   outlives a full refresh. #}

{# A relation that no model makes, in a schema of this project.
   Example: own_relation('run_log', 'runs') -> "attribution"."run_log"."runs" #}
{% macro own_relation(schema, identifier) -%}
    {{ return(api.Relation.create(
        database=target.get('database'),
        schema=assisted_conversions.generate_schema_name(schema, none) | trim,
        identifier=identifier
    )) }}
{%- endmacro %}

{# The on-run-start hook: checks settings and raw tables, makes raw files readable, opens the
   run. Does nothing in runs that build nothing of this project. #}
{% macro start_run() -%}
    {%- if execute and flags.WHICH == 'freshness' -%}
        {%- do prepare_raw_tables() -%}
        {%- do note_freshness() -%}
    {%- elif execute and selects_our_nodes() -%}
        {%- do validate_settings() -%}
        {%- do prepare_raw_tables() -%}
        {%- if flags.WHICH in building_commands() -%}
            {%- do make_functions() -%}
            {%- do open_run() -%}
        {%- endif -%}
    {%- endif -%}
{%- endmacro %}

{# Whether this command runs any node of this project, rather than of an installing one alone. #}
{% macro selects_our_nodes() -%}
    {%- for unique_id in selected_resources if unique_id.split('.')[1] == 'assisted_conversions' -%}
        {{ return(true) }}
    {%- endfor -%}
    {{ return(false) }}
{%- endmacro %}

{# The commands that make tables. #}
{% macro building_commands() -%}
    {{ return(['build', 'run', 'seed', 'retry', 'clone']) }}
{%- endmacro %}

{# Adds this run to the log, as running. #}
{% macro open_run() -%}
    {%- set runs = own_relation('run_log', 'runs') -%}
    {%- set clock = setting('run_clock') or run_started_at.strftime('%Y-%m-%d %H:%M:%S') -%}
    {%- do adapter.create_schema(runs) -%}
    {%- do run_query(
        'create table if not exists ' ~ runs ~ ' (run_number ' ~ dbt.type_bigint()
        ~ ', invocation_id ' ~ dbt.type_string() ~ ', command ' ~ dbt.type_string()
        ~ ', status ' ~ dbt.type_string() ~ ', is_complete ' ~ dbt.type_boolean()
        ~ ', started_at timestamp, seconds ' ~ dbt.type_float()
        ~ ', conversions ' ~ dbt.type_bigint() ~ ', assisted_conversions ' ~ dbt.type_bigint() ~ ') '
        ~ table_form('run_number')
    ) -%}
    {%- set columns = adapter.get_columns_in_relation(runs) | map(attribute='name') | list -%}
    {#- A log of version 0.1 has fewer. -#}
    {%- for column, type in {
        'is_complete': dbt.type_boolean(),
        'conversions': dbt.type_bigint(),
        'assisted_conversions': dbt.type_bigint(),
    }.items() if column not in columns -%}
        {%- do run_query('alter table ' ~ runs ~ ' add column ' ~ column ~ ' ' ~ type) -%}
    {%- endfor -%}
    {%- do run_query(
        'insert into ' ~ runs ~ ' (run_number, invocation_id, command, status, is_complete, '
        ~ 'started_at, seconds, conversions, assisted_conversions)'
        ~ " select coalesce(max(run_number), 0) + 1 as run_number, '" ~ invocation_id
        ~ "' as invocation_id, '" ~ flags.WHICH ~ "' as command, 'running' as status, "
        ~ "false as is_complete, cast('" ~ clock ~ "' as timestamp) as started_at, "
        ~ 'null as seconds, null as conversions, null as assisted_conversions from ' ~ runs
    ) -%}
    {%- do commit_changes() -%}
{%- endmacro %}
