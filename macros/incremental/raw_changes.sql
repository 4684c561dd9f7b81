{#
    Which raw rows changed, found without a row of history being read twice: each raw table is
    compared by day of loading, by the number of its rows and a checksum over all declared columns.
    A day that differs is read anew. A watermark would miss what a loader sends late under an old
    `loaded_at`, changes in place or takes away.
#}

{#
    Compares every raw table with what the run log knows of it, and notes the days that differ and
    the tables that they belong to. A table whose file is the one that was last compared is left
    out; --full-refresh compares all.
    Arguments: run_number, of this run.
    Example: note_raw_changes(7)
#}
{% macro note_raw_changes(run_number) -%}
    {%- set queries = {} -%}
    {%- for table in raw_tables() -%}
        {%- set query = raw_days_query(table) -%}
        {%- if query -%}
            {%- do queries.update({table: query}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set stamps = raw_stamps(queries) -%}
    {%- set noted = run_query('select table_name, stamp from ' ~ run_log('raw_files')).rows -%}
    {%- set unchanged = [] -%}
    {%- for row in noted if stamps.get(row[0]) == row[1] and not flags.FULL_REFRESH -%}
        {%- do unchanged.append(row[0]) -%}
        {%- do queries.pop(row[0]) -%}
    {%- endfor -%}
    {%- set days = run_log('raw_days') -%}
    {%- set compared = '(select * from ' ~ days ~ ' where table_name not in ('
        ~ quoted_list(unchanged + ['']) ~ '))' -%}
    {%- do run_query(
        'create or replace temporary table raw_days_now as '
        ~ (['select * ' ~ except_columns(['version']) ~ ' from ' ~ days ~ ' where false'] + queries.values() | list)
            | join(' union all ')
        ~ '; create or replace temporary table raw_days_changed as '
        ~ 'select coalesce(now.table_name, noted.table_name) as table_name, '
        ~ 'coalesce(now.loaded_on, noted.loaded_on) as loaded_on, '
        ~ 'coalesce(now.raw_rows, 0) as raw_rows, now.checksum, now.latest_loaded_at '
        ~ 'from raw_days_now as now full join ' ~ compared ~ ' as noted '
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
        ~ "'source.assisted_conversions.assisted_conversions_raw_files.' || table_name as node from (select table_name "
        ~ 'from raw_days_changed union select unnest([' ~ quoted_list(raw_tables())
        ~ ']) as table_name)) as noted where node in (select '
        ~ "'source.assisted_conversions.assisted_conversions_raw_files.' || table_name from raw_days_changed) "
        ~ 'or node not in (select node from ' ~ run_log('steps') ~ ')'
    ) -%}
    {%- do run_query(
        'delete from ' ~ run_log('raw_files') ~ ' where table_name not in ('
        ~ quoted_list(unchanged + ['']) ~ ')'
    ) -%}
    {%- for table, stamp in stamps.items() if stamp and table not in unchanged -%}
        {%- do run_query(
            'insert into ' ~ run_log('raw_files') ~ ' values (' ~ quoted_list([table, stamp]) ~ ')'
        ) -%}
    {%- endfor -%}
{%- endmacro %}


{#
    The query of a raw table's rows by day of loading: their number, a checksum and the latest time.
    None where the table is absent.
    Example: raw_days_query('sessions')
#}
{% macro raw_days_query(table) -%}
    {%- set declaration = raw_declaration(table) -%}
    {%- set found = found_columns(declaration) -%}
    {%- set columns = [] -%}
    {%- for column in declaration.columns if column.name in found -%}
        {%- do columns.append(adapter.quote(found[column.name].name)) -%}
    {%- endfor -%}
    {%- if not columns -%}
        {{ return(none) }}
    {%- endif -%}
    {%- set times = loading_times(declaration, found) -%}
    {{ return(
        "select '" ~ table ~ "' as table_name, "
        ~ loaded_on(declaration, found) ~ ' as loaded_on, count(*) as raw_rows, '
        ~ rows_checksum(columns) ~ ' as checksum, '
        ~ (('max(' ~ times[0] ~ ')') if times else 'cast(null as timestamp)')
        ~ ' as latest_loaded_at from ' ~ declaration.relation ~ ' group by 1, 2'
    ) }}
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
