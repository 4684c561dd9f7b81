{# Raw tables as files of one folder, on DuckDB only. Each file becomes a view of the schema
   `raw_files`, so that models read relations as in any warehouse. #}

{# The folder of the raw files. Example: raw_folder() -> target/demo_data #}
{% macro raw_folder() -%}
    {{ return(env_var('ATTRIBUTION_RAW_DIR', '') or 'target/demo_data') }}
{%- endmacro %}

{# The files of the raw tables that are read from files; names in any case. Returns a mapping of
   table to a list of paths. Example: raw_files() -> {'sessions': ['raw/Sessions.csv']} #}
{% macro raw_files() -%}
    {{ return(adapter.dispatch('raw_files', 'assisted_conversions')()) }}
{%- endmacro %}
{% macro duckdb__raw_files() -%}
    {%- set files = {} -%}
    {%- for path in run_query(
        "select file from glob('" ~ (raw_folder() | replace("'", "''")) ~ "/*') order by file"
    ).columns[0].values() -%}
        {%- set name, _, ending = (path.replace('\\', '/').split('/')[-1] | lower).rpartition('.') -%}
        {%- if ending in ('csv', 'parquet') and name in raw_tables()
            and raw_place(name) == 'files' -%}
            {%- do files.setdefault(name, []).append(path) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(files) }}
{%- endmacro %}
{% macro default__raw_files() -%} {{ not_supported('raw_files', varargs) }} {%- endmacro %}

{# The lower-case names of a file's columns, as a list. Example: file_columns('raw/sessions.csv') #}
{% macro file_columns(path) -%}
    {{ return(run_query(
        'select lower(trim(column_name)) from (describe select * from ' ~ file_scan(path) ~ ')'
    ).columns[0].values() | list) }}
{%- endmacro %}

{# The table function that reads a file. CSV is read as text, so that no row is lost to a guessed
   type; staging applies the declared types. One thread reads it: several cannot pad short rows
   where others have line breaks in quotes. Large tables belong in Parquet files.
   Example: file_scan('raw/sessions.parquet') -> read_parquet('raw/sessions.parquet') #}
{% macro file_scan(path) -%}
    {%- set literal = "'" ~ path | replace("'", "''") ~ "'" -%}
    {%- if (path | lower).endswith('.parquet') -%}
        {{ return('read_parquet(' ~ literal ~ ')') }}
    {%- endif -%}
    {{ return(
        'read_csv(' ~ literal ~ ", header = true, all_varchar = true, delim = ',', quote = '\"', "
        ~ "escape = '\"', null_padding = true, strict_mode = false, parallel = false)"
    ) }}
{%- endmacro %}

{# Makes the views of the raw files, and drops those whose file is gone. Arguments: files, of
   `raw_files`. #}
{% macro make_raw_file_views(files) -%}
    {%- for node in graph.sources.values()
        if node.source_name == 'assisted_conversions_raw_files' -%}
        {%- set view = api.Relation.create(
            database=node.database, schema=node.schema, identifier=node.identifier
        ) -%}
        {%- if loop.first -%}
            {%- do run_query('create schema if not exists ' ~ view.without_identifier()) -%}
        {%- endif -%}
        {%- if node.name in files -%}
            {%- do run_query(
                'create or replace view ' ~ view ~ ' as select * from '
                ~ file_scan(files[node.name][0])
            ) -%}
        {%- else -%}
            {%- do run_query('drop view if exists ' ~ view) -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}
