{#
    Where raw tables come from. On DuckDB they are files of one folder, which become views of the
    schema `raw`, so that everything behind reads relations as on any warehouse.
#}

{#
    Where raw tables are looked for, in words for errors.
    Example: raw_location() -> the folder raw (environment variable ATTRIBUTION_RAW_DIR)
#}
{% macro raw_location() -%}
    {{ return(adapter.dispatch('raw_location', 'assisted_conversions')()) }}
{%- endmacro %}

{% macro duckdb__raw_location() -%}
    {{ return(
        'the folder `' ~ raw_folder() ~ '` (environment variable ATTRIBUTION_RAW_DIR), where it '
        ~ 'would be a Parquet or CSV file'
    ) }}
{%- endmacro %}

{% macro default__raw_location() -%}
    {{ return('schema `' ~ var('raw_schema') ~ '` (vars raw_database, raw_schema, raw_identifiers)') }}
{%- endmacro %}


{# The folder of the raw files. Example: raw_folder() -> target/demo_data #}
{% macro raw_folder() -%}
    {{ return(env_var('ATTRIBUTION_RAW_DIR', '') or 'target/demo_data') }}
{%- endmacro %}


{#
    The columns of every raw table that is there, before anything is written: a mapping of table
    to a list of lower-case column names.
    Arguments: problems, a list to which what cannot be read is appended.
    Example: available_raw_columns([]) -> {'sessions': ['session_id', ...]}
#}
{% macro available_raw_columns(problems) -%}
    {{ return(adapter.dispatch('available_raw_columns', 'assisted_conversions')(problems)) }}
{%- endmacro %}

{% macro default__available_raw_columns(problems) -%}
    {%- set available = {} -%}
    {%- for table in raw_tables() -%}
        {%- set found = found_columns(
            raw_declaration(table)
        ) -%}
        {%- if found -%}
            {%- do available.update({table: found.keys() | list}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(available) }}
{%- endmacro %}

{% macro duckdb__available_raw_columns(problems) -%}
    {%- set available = {} -%}
    {%- for table, files in raw_files().items() -%}
        {%- if files | length > 1 -%}
            {%- do problems.append(
                'table `' ~ table ~ '` stands in several files (' ~ (files | join(', '))
                ~ '); keep one'
            ) -%}
        {%- endif -%}
        {%- set names = run_query(
            'select lower(trim(column_name)) from (describe select * from '
            ~ file_scan(files[0]) ~ ')'
        ).columns[0].values() -%}
        {%- do available.update({table: names | list}) -%}
    {%- endfor -%}
    {{ return(available) }}
{%- endmacro %}


{#
    The files of declared raw tables in the raw folder, their names in any case: a mapping of
    table to a list of paths.
    Example: raw_files() -> {'sessions': ['raw/Sessions.csv']}
#}
{% macro raw_files() -%}
    {%- set folder = raw_folder() | replace("'", "''") -%}
    {%- set tables = raw_tables() -%}
    {%- set files = {} -%}
    {%- for path in run_query("select file from glob('" ~ folder ~ "/*') order by file").columns[0].values() -%}
        {%- set file = path.replace('\\', '/').split('/')[-1] | lower -%}
        {%- set table = file.rsplit('.', 1)[0] -%}
        {%- if table in tables and file.rsplit('.', 1)[-1] in ('csv', 'parquet') -%}
            {%- do files.setdefault(table, []).append(path) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(files) }}
{%- endmacro %}


{#
    A table function that reads one raw file. CSV is read as text, so that no row is lost to a
    guessed type; the declared types are applied in staging. It is read by one thread: several
    can't pad short rows where others hold line breaks in quotes. Large tables are for Parquet.
    Example: file_scan('raw/sessions.parquet') -> read_parquet('raw/sessions.parquet')
#}
{% macro file_scan(path) -%}
    {%- set literal = "'" ~ path | replace("'", "''") ~ "'" -%}
    {%- if path | lower | replace('.parquet', '') != path | lower -%}
        {{ return('read_parquet(' ~ literal ~ ')') }}
    {%- else -%}
        {{ return(
            'read_csv(' ~ literal ~ ", header = true, all_varchar = true, delim = ',', "
            ~ "quote = '\"', escape = '\"', null_padding = true, strict_mode = false, "
            ~ 'parallel = false)'
        ) }}
    {%- endif -%}
{%- endmacro %}


{#
    Makes raw tables readable through `source()`; a warehouse's already are.
    Example: expose_raw_tables()
#}
{% macro expose_raw_tables() -%}
    {{ return(adapter.dispatch('expose_raw_tables', 'assisted_conversions')()) }}
{%- endmacro %}

{% macro default__expose_raw_tables() -%}
{%- endmacro %}

{% macro duckdb__expose_raw_tables() -%}
    {%- set files = raw_files() -%}
    {%- for table in raw_tables() -%}
        {%- set relation = raw_declaration(table).relation -%}
        {%- if loop.first -%}
            {%- do run_query('create schema if not exists ' ~ relation.without_identifier()) -%}
        {%- endif -%}
        {%- if table in files -%}
            {%- do run_query(
                'create or replace view ' ~ relation ~ ' as select * from '
                ~ file_scan(files[table][0])
            ) -%}
        {%- else -%}
            {%- do run_query('drop view if exists ' ~ relation) -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}
