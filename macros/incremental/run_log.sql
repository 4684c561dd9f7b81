{#
    The run log: what each run did, and from it what is up to date. Tables of schema `run_log`,
    all only ever added to, but for `raw_days`, which holds the present state.

        runs      one row per run: run_number, invocation_id, command, started_at, status (running,
                  success, error), seconds
        steps     one row per run and node (model, seed, source, passed test) that had something to
                  do: version is the run that last changed its content, previous_version the one
                  before; kind says whether the difference between the two is known
                  (`described`) or not (`replaced`); fingerprint is a checksum of its code
        raw_days  one row per raw table and day of loading: rows, a checksum over their values and
                  the run that last saw them change
        raw_files one row per raw table that is a file: what says that it is still the file that
                  was compared last
#}

{#
    A relation of the run log.
    Example: run_log('steps') -> "attribution"."run_log"."steps"
#}
{% macro run_log(table) -%}
    {{ return(own_relation('run_log', table)) }}
{%- endmacro %}


{#
    A relation that no model makes, in a schema of its own.
    Example: own_relation('run_log', 'steps')
#}
{% macro own_relation(schema, identifier) -%}
    {{ return(api.Relation.create(
        database=target.database, schema=generate_schema_name(schema, none) | trim,
        identifier=identifier
    )) }}
{%- endmacro %}


{#
    The relation that holds the rows by which a table's last version differs from the one before:
    its columns and is_added.
    Example: changes_relation(ref('int_conversions')) -> "attribution"."changes"."int_conversions"
#}
{% macro changes_relation(relation) -%}
    {{ return(own_relation('changes', relation.identifier)) }}
{%- endmacro %}


{#
    The number of this run. Example: this_run()
#}
{% macro this_run() -%}
    {{ return(run_query('select max(run_number) from ' ~ run_log('runs')).columns[0].values()[0]) }}
{%- endmacro %}


{#
    Opens a run: makes the run log where there is none, and finds which days of which raw tables
    changed. On-run-start hook.
    Example: on-run-start: "{{ start_run() }}"
#}
{% macro start_run() -%}
    {%- if execute and flags.WHICH in building_commands() -%}
        {%- set clock = setting('run_clock') or run_started_at.strftime('%Y-%m-%d %H:%M:%S') -%}
        {%- do run_query(run_log_tables()) -%}
        {%- do run_query(
            'insert into ' ~ run_log('runs') ~ ' select coalesce(max(run_number), 0) + 1, '
            ~ quoted_list([invocation_id, flags.WHICH]) ~ ", timestamp '" ~ clock
            ~ "', 'running', null from " ~ run_log('runs')
        ) -%}
        {%- do note_raw_changes(this_run()) -%}
        {#- Reading the raw tables' columns has opened a transaction. #}
        {%- do adapter.commit() -%}
    {%- elif execute and flags.WHICH == 'freshness' -%}
        {%- do note_freshness() -%}
    {%- endif -%}
{%- endmacro %}


{# The commands that make tables. #}
{% macro building_commands() -%}
    {{ return(['build', 'run', 'seed', 'retry']) }}
{%- endmacro %}


{# The statements that make the run log. #}
{% macro run_log_tables() -%}
create schema if not exists {{ run_log('runs').without_identifier() }};
create schema if not exists {{ own_relation('changes', 'any').without_identifier() }};
create table if not exists {{ run_log('runs') }} (
    run_number bigint, invocation_id varchar, command varchar, started_at timestamp,
    status varchar, seconds double
);
create table if not exists {{ run_log('steps') }} (
    run_number bigint, node varchar, version bigint, previous_version bigint, kind varchar,
    fingerprint varchar, rows_removed bigint, rows_added bigint
);
create table if not exists {{ run_log('raw_days') }} (
    table_name varchar, loaded_on date, raw_rows bigint, checksum hugeint,
    latest_loaded_at timestamp, version bigint
);
create table if not exists {{ run_log('raw_files') }} (table_name varchar, stamp varchar);
create table if not exists {{ run_log('restatements') }} (
    run_number bigint, conversion_date date, conversion_type varchar, channel varchar,
    cause varchar,
    {%- for measure in restated_measures() %}
    {{ measure.name }}_as_reported {{ measure.type }}, {{ measure.name }}_as_restated {{ measure.type }}
    {{- ',' if not loop.last }}
    {%- endfor %}
);
{%- endmacro %}


{#
    Writes what a node did in this run.
    Arguments: plan, of `rebuild_plan`; version, previous_version, kind: of the node's content now;
    removed, added: numbers of rows, none where they are not known.
    Example: note_step(plan, plan.run_number, plan.version, 'replaced')
#}
{% macro note_step(plan, version, previous_version, kind, removed=none, added=none) -%}
    {%- do run_query(
        'insert into ' ~ run_log('steps') ~ ' values (' ~ [
            plan.run_number, "'" ~ plan.node ~ "'", version, previous_version, "'" ~ kind ~ "'",
            "'" ~ plan.fingerprint ~ "'", removed if removed is not none else 'null',
            added if added is not none else 'null'
        ] | join(', ') ~ ')'
    ) -%}
{%- endmacro %}
