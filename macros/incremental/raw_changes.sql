{#
    Which raw rows changed, found without a row of history being read twice: each raw table is
    compared by day of loading, by the number of its rows and a checksum over all declared columns.
    A day that differs is read anew. A watermark would miss what a loader sends late under an old
    `loaded_at`, changes in place or takes away.
#}

{#
    The day of loading of a raw row, by its `loaded_at`, else by its own time. Raw tables without
    meta `loaded_by` are small and have one day for all.
    Arguments: declaration, of `raw_declaration`; found, of `found_columns`.
    Example: loaded_on(raw_declaration('sessions'), found)
#}
{% macro loaded_on(declaration, found) -%}
    cast(coalesce(
        {%- for timestamp in loading_times(declaration, found) %}
        {{ timestamp }},
        {%- endfor %}
        timestamp '1970-01-01'
    ) as date)
{%- endmacro %}


{#
    A condition that holds for all raw rows; in a partial rebuild, for those that may be of the
    first changed day or later. On the raw column alone, so that the engine skips what lies before
    without reading it. A row whose `loaded_at` is no time goes by another one, and stays.
    Arguments: as of `loaded_on`.
    Example: loaded_since_first_change(raw_declaration('sessions'), found)
#}
{% macro loaded_since_first_change(declaration, found) -%}
    {%- set column = found.get(declaration.loaded_by[0]) -%}
    {%- if column and column.dtype | upper == 'TIMESTAMP' -%}
        {%- set raw = adapter.quote(column.name) -%}
        (true /*only {{ raw }} >= '[first changed key]' or {{ raw }} is null or {{ raw }} = '-infinity'*/)
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}


{#
    The times that may say when a raw row was loaded, the best first. Returns a list of expressions.
    Arguments: as of `loaded_on`.
    Example: loading_times(raw_declaration('sessions'), found)
#}
{% macro loading_times(declaration, found) -%}
    {%- set times = [] -%}
    {%- for name in declaration.loaded_by if name in found -%}
        {%- set raw = adapter.quote(found[name].name) -%}
        {%- do times.append(read_timestamp(raw, trimmed_text(raw), found[name].dtype)) -%}
    {%- endfor -%}
    {{ return(times) }}
{%- endmacro %}


{#
    Compares every raw table with what the run log knows of it, and notes the days that differ and
    the tables that they belong to.
    Arguments: run_number, of this run.
    Example: note_raw_changes(7)
#}
{% macro note_raw_changes(run_number) -%}
    {%- set queries = [] -%}
    {%- for table in raw_tables() -%}
        {%- set declaration = raw_declaration(table) -%}
        {%- set found = found_columns(declaration) -%}
        {%- set columns = [] -%}
        {%- for column in declaration.columns if column.name in found -%}
            {%- do columns.append(adapter.quote(found[column.name].name)) -%}
        {%- endfor -%}
        {%- if columns -%}
            {%- set times = loading_times(declaration, found) -%}
            {%- do queries.append(
                "select '" ~ table ~ "' as table_name, "
                ~ loaded_on(declaration, found) ~ ' as loaded_on, count(*) as raw_rows, '
                ~ rows_checksum(columns) ~ ' as checksum, '
                ~ (('max(' ~ times[0] ~ ')') if times else 'cast(null as timestamp)')
                ~ ' as latest_loaded_at from ' ~ declaration.relation ~ ' group by 1, 2'
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set days = run_log('raw_days') -%}
    {%- do run_query(
        'create or replace temporary table raw_days_now as ' ~ (queries | join(' union all '))
        ~ '; create or replace temporary table raw_days_changed as '
        ~ 'select coalesce(now.table_name, noted.table_name) as table_name, '
        ~ 'coalesce(now.loaded_on, noted.loaded_on) as loaded_on, '
        ~ 'coalesce(now.raw_rows, 0) as raw_rows, now.checksum, now.latest_loaded_at '
        ~ 'from raw_days_now as now full join ' ~ days ~ ' as noted '
        ~ 'on now.table_name = noted.table_name and now.loaded_on = noted.loaded_on '
        ~ 'where coalesce(now.raw_rows, 0) is distinct from noted.raw_rows '
        ~ 'or now.checksum is distinct from noted.checksum'
    ) -%}
    {%- do run_query(
        'delete from ' ~ days ~ ' as noted using raw_days_changed as changed '
        ~ 'where noted.table_name = changed.table_name and noted.loaded_on = changed.loaded_on; '
        ~ 'insert into ' ~ days ~ ' select *, ' ~ run_number ~ ' from raw_days_changed; '
        ~ 'insert into ' ~ run_log('steps')
        ~ ' select ' ~ run_number ~ ', node, ' ~ run_number ~ ', coalesce(('
        ~ 'select max(version) from ' ~ run_log('steps') ~ ' as steps where steps.node = noted.node'
        ~ "), 0), 'described', '', null, null from (select distinct "
        ~ "'source.assisted_conversions.raw.' || table_name as node from (select table_name "
        ~ 'from raw_days_changed union select unnest([' ~ quoted_list(raw_tables())
        ~ ']) as table_name)) as noted where node in (select '
        ~ "'source.assisted_conversions.raw.' || table_name from raw_days_changed) "
        ~ 'or node not in (select node from ' ~ run_log('steps') ~ ')'
    ) -%}
{%- endmacro %}


{#
    The days of loading that a base model has to read anew: those that changed since it was last
    brought up to date, and those with rows of identities whose erasure changed.
    Arguments: table, the raw table's name; keys, identity keys of the base model; erasures, the
    relation of erasure requests.
    Example: changed_days('sessions', ['visitor_key'], ref('stg_erasure_requests'))
#}
{% macro changed_days(table, keys, erasures) -%}
    select loaded_on
    from {{ run_log('raw_days') }}
    where
        table_name = '{{ table }}'
        and version > (
            select max(run_number) from {{ run_log('steps') }} where node = '{{ model.unique_id }}'
        )
    {%- for key in keys %}
    union
    select loaded_on from {{ this }}
    where {{ key }} in (select identity_key from [changes of {{ changes_relation(erasures) }}])
    {%- endfor %}
{%- endmacro %}


{#
    Notes the newest row of each raw table that has times, for `dbt source freshness`.
    Example: note_freshness()
#}
{% macro note_freshness() -%}
    {%- set queries = [] -%}
    {%- for table in raw_tables() -%}
        {%- set declaration = raw_declaration(table) -%}
        {%- set times = loading_times(declaration, found_columns(declaration)) -%}
        {%- if times -%}
            {%- do queries.append(
                "select '" ~ table ~ "' as table_name, max(" ~ times[0]
                ~ ') as latest_loaded_at from ' ~ declaration.relation
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do run_query(
        'create schema if not exists ' ~ run_log('raw_freshness').without_identifier()
        ~ '; create or replace table ' ~ run_log('raw_freshness') ~ ' as '
        ~ (queries | join(' union all '))
    ) -%}
    {%- do adapter.commit() -%}
{%- endmacro %}
