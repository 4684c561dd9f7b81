{# Raw tables as files of one folder, on DuckDB only. A table is a file `<table>.<ending>` or a folder
   `<table>/` of any number of files. Each table becomes a view of the schema `raw_files`, so that
   models read relations as in any warehouse. What a file is like is noted in run_log.known_raw_files with
   its size and time of change, and a file that has kept both is not opened to find out again. #}

{# The folder of the raw files. Example: raw_folder() -> target/demo_data #}
{% macro raw_folder() -%}
    {{ return((env_var('ATTRIBUTION_RAW_DIR', '') or 'target/demo_data').replace('\\', '/').rstrip('/')) }}
{%- endmacro %}

{# The endings of raw files, each with the format that it means. #}
{% macro raw_formats() -%}
    {{ return({
        'parquet': 'parquet', 'parquet.gz': 'parquet', 'csv': 'csv', 'csv.gz': 'csv', 'csv.zst': 'csv',
        'tsv': 'csv', 'tsv.gz': 'csv', 'json': 'json', 'json.gz': 'json', 'json.zst': 'json',
        'jsonl': 'json', 'jsonl.gz': 'json', 'ndjson': 'json', 'ndjson.gz': 'json'
    }) }}
{%- endmacro %}

{# The files of the raw tables that are read from files; names in any case. Returns a mapping of
   table to a list of mappings: table, file (its path within the folder), path, format, is_folder,
   size and modified_us, with what `described_file` adds. Appends to `problems` what is wrong.
   Example: raw_files([])['sessions'][0].file -> sessions/2026-05-01.parquet #}
{% macro raw_files(problems) -%}
    {{ return(adapter.dispatch('raw_files', 'assisted_conversions')(problems)) }}
{%- endmacro %}
{% macro duckdb__raw_files(problems) -%}
    {%- set others = problems | length -%}
    {%- do check_object_storage(raw_folder(), problems) -%}
    {%- if problems | length > others -%}{{ return({}) }}{%- endif -%}
    {%- set files, unread, made_by_adapters = {}, {}, {} -%}
    {%- set tables = raw_tables() -%}
    {%- for path in run_query(
        'select file from glob(' ~ quoted_list([raw_folder() ~ '/**']) ~ ') order by file'
    ).columns[0].values() -%}
        {%- set file = path.replace('\\', '/')[raw_folder() | length + 1:] -%}
        {%- set found = file_in_place(file, tables) -%}
        {%- set place = raw_place(found.table) if found.table in tables -%}
        {%- if place == 'files' -%}
            {%- set those = files if found.format else unread -%}
            {%- do those.setdefault(found.table, []).append(dict(found, path=path)) -%}
        {%- elif place == 'adapters' and found.format -%}
            {%- do made_by_adapters.setdefault(found.table, path) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for table, path in made_by_adapters.items() if table not in setting('source_models') -%}
        {%- do problems.append(
            'table `' ~ table ~ '`: `' ~ path ~ '` would not be read, since `' ~ table ~ '` is made by '
            ~ 'adapter `' ~ (adapters_of(table) | join('` and `')) ~ '`; remove the file, or make it a model '
            ~ 'and unite it by the setting `source_models: {' ~ table ~ ': [my_' ~ table ~ ']}`'
        ) -%}
    {%- endfor -%}
    {%- do check_places(files, unread, problems) -%}
    {%- if problems | length > others or not files -%}{{ return(files) }}{%- endif -%}
    {{ return(described_files(files, problems)) }}
{%- endmacro %}
{% macro default__raw_files() -%} {{ not_supported('raw_files', varargs) }} {%- endmacro %}

{# What a file is by its name. Returns a mapping: table, none for marks of the tools that wrote a folder,
   whose names begin with `_` or a dot; format, none where the ending is not read; file; place, the
   table's file or folder; is_folder. Arguments: file, its path; tables, the names of the tables. #}
{% macro file_in_place(file, tables) -%}
    {%- set parts = file.split('/') -%}
    {%- set is_folder = parts | length > 1 -%}
    {%- set name, _, ending = (parts[-1] | lower).partition('.') -%}
    {%- set table = (parts[0] | lower) if is_folder else name -%}
    {%- set result = {
        'file': file, 'table': table, 'format': raw_formats().get(ending), 'is_folder': is_folder,
        'place': parts[0] ~ ('/' if is_folder else ''),
    } -%}
    {%- if is_folder and table not in tables and table.split('.')[0] in tables
        and table.partition('.')[2] in raw_formats() -%}
        {%- do result.update({'table': table.split('.')[0], 'format': none}) -%}
    {%- elif is_folder -%}
        {#- Only what follows the last dots is an ending: 2026.05.01.csv.gz is a gzipped CSV. #}
        {%- set words = (parts[-1] | lower).split('.') -%}
        {%- do result.update({
            'table': none if parts[-1][0] in '._' else table,
            'format': raw_formats().get(words[-2:] | join('.')) or raw_formats().get(words[-1]),
        }) -%}
    {%- endif -%}
    {{ return(result) }}
{%- endmacro %}

{# A table in errors; before the name of a tool's table stands its adapter.
   Example: shown_table('segment.pages') -> adapter `segment`: table `pages` #}
{% macro shown_table(table) -%}
    {%- set adapter_name, _, name = table.rpartition('.') -%}
    {{ return(('adapter `' ~ adapter_name ~ '`: ' if adapter_name else '') ~ 'table `' ~ name ~ '`') }}
{%- endmacro %}

{# Appends to `problems` tables in two places, and files of tables that cannot be read by their
   ending. A file beside a readable one of its table is none of ours. #}
{% macro check_places(files, unread, problems) -%}
    {%- for table, found in files.items() -%}
        {%- set places = found | map(attribute='place') | unique | list -%}
        {%- if places | length > 1 -%}
            {%- do problems.append(
                shown_table(table) ~ ' is in several places of `' ~ raw_folder() ~ '` ('
                ~ (places | join(', ')) ~ '); keep one'
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set endings = raw_formats().keys() | join(', ') -%}
    {%- for table, found in unread.items() if table not in files or found[0].is_folder -%}
        {%- set first = found[0] -%}
        {%- if first.is_folder and '.' in first.place -%}
            {%- do problems.append(
                shown_table(table) ~ ': the folder `' ~ first.place.rstrip('/') ~ '` is not named as the '
                ~ 'table; name it `' ~ first.place.split('.')[0] | lower ~ '`'
            ) -%}
        {%- else -%}
            {%- do problems.append(
                shown_table(table) ~ ': `' ~ first.path ~ '` has an ending that is not read; '
                ~ ('move it out of the folder or save it' if first.is_folder else 'save it')
                ~ ' in another format, as CSV (UTF-8). Endings that are read: ' ~ endings
            ) -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}

{# Appends a problem where the folder is on object storage and DuckDB lacks the extension for it. #}
{% macro check_object_storage(folder, problems) -%}
    {%- set scheme = folder.split('://')[0] if '://' in folder -%}
    {%- set extensions = {
        's3': 'httpfs', 's3a': 'httpfs', 's3n': 'httpfs', 'gs': 'httpfs', 'gcs': 'httpfs',
        'r2': 'httpfs', 'http': 'httpfs', 'https': 'httpfs', 'az': 'azure', 'azure': 'azure',
        'abfs': 'azure', 'abfss': 'azure'
    } -%}
    {%- if scheme and scheme not in extensions -%}
        {%- do problems.append(
            'the folder `' ~ folder ~ '` (environment variable ATTRIBUTION_RAW_DIR) begins with `'
            ~ scheme ~ '://`, which is not read; use s3://, gs:// or az://, or a folder of this machine'
        ) -%}
    {%- elif scheme and not run_query(
        "select coalesce(bool_or(installed or loaded), false) from duckdb_extensions() "
        ~ "where extension_name = '" ~ extensions[scheme] ~ "'"
    ).rows[0][0] -%}
        {%- do problems.append(
            'the folder `' ~ folder ~ '` (environment variable ATTRIBUTION_RAW_DIR) is on object '
            ~ "storage, for which DuckDB needs its extension `" ~ extensions[scheme] ~ '`, and it is not '
            ~ 'installed; install it once where DuckDB can download it (`install ' ~ extensions[scheme]
            ~ '`), or copy the files to a folder of this machine'
        ) -%}
    {%- endif -%}
{%- endmacro %}

{# Whether a raw table is a folder of files. Example: is_raw_folder('sessions') #}
{% macro is_raw_folder(table) -%}
    {{ return(adapter.dispatch('is_raw_folder', 'assisted_conversions')(table)) }}
{%- endmacro %}
{% macro duckdb__is_raw_folder(table) -%}
    {{ return(
        execute and not is_offline() and raw_place(table) == 'files'
        and noted_raw_files(table, 'is_folder') | length > 0
    ) }}
{%- endmacro %}
{% macro default__is_raw_folder(table) -%} {{ return(false) }} {%- endmacro %}
