{# Raw tables as files of one folder, on DuckDB only. A table is a file `<table>.<ending>` or a folder
   `<table>/` of any number of files. Each table becomes a view of the schema `raw_files`, so that
   models read relations as in any warehouse. What a file is like is noted in run_log.raw_files with
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
    {%- do check_object_storage(raw_folder(), problems) -%}
    {%- if problems -%}{{ return({}) }}{%- endif -%}
    {%- set files = {} -%}
    {%- set unread = {} -%}
    {%- for path in run_query(
        'select file from glob(' ~ quoted_list([raw_folder() ~ '/**']) ~ ') order by file'
    ).columns[0].values() -%}
        {%- set file = path.replace('\\', '/')[raw_folder() | length + 1:] -%}
        {%- set found = file_in_place(file) -%}
        {%- if found.format -%}
            {%- do files.setdefault(found.table, []).append(dict(found, path=path)) -%}
        {%- elif found.table -%}
            {%- do unread.setdefault(found.table, []).append(dict(found, path=path)) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do check_places(files, unread, problems) -%}
    {%- if problems or not files -%}{{ return(files) }}{%- endif -%}
    {{ return(described_files(files, problems)) }}
{%- endmacro %}
{% macro default__raw_files() -%} {{ not_supported('raw_files', varargs) }} {%- endmacro %}

{# What a file of the folder is by its name. Returns a mapping: table, none where the file belongs to
   none; format, none where the ending is none that is read; file, is_folder. In a folder, names that
   begin with `_` or a dot are marks of the tools that wrote it. #}
{% macro file_in_place(file) -%}
    {%- set parts = file.split('/') -%}
    {%- set is_folder = parts | length > 1 -%}
    {%- set name, _, ending = (parts[-1] | lower).partition('.') -%}
    {%- set table = (parts[0] | lower) if is_folder else name -%}
    {%- set result = {'file': file, 'table': none, 'format': none, 'is_folder': is_folder} -%}
    {%- if is_folder and table not in raw_tables() and table.split('.')[0] in raw_tables()
        and table.partition('.')[2] in raw_formats() -%}
        {%- do result.update({'table': table.split('.')[0]}) -%}
    {%- elif table in raw_tables() and not (is_folder and parts[-1][0] in '._') -%}
        {#- Only what follows the last dots is an ending: 2026.05.01.csv.gz is a gzipped CSV. #}
        {%- set words = (parts[-1] | lower).split('.') -%}
        {%- do result.update({'table': table, 'format':
            raw_formats().get(words[-2:] | join('.')) or raw_formats().get(words[-1])
                if is_folder else raw_formats().get(ending)
        }) -%}
    {%- endif -%}
    {%- if result.table and raw_place(result.table) != 'files' -%}
        {%- do result.update({'table': none, 'format': none}) -%}
    {%- endif -%}
    {{ return(result) }}
{%- endmacro %}

{# Appends to `problems` tables in two places, and files of tables that cannot be read by their
   ending. A file beside a readable one of its table is none of ours. #}
{% macro check_places(files, unread, problems) -%}
    {%- for table, found in files.items() -%}
        {%- set places = [] -%}
        {%- for file in found -%}
            {%- do places.append(file.file.split('/')[0] ~ ('/' if file.is_folder else '')) -%}
        {%- endfor -%}
        {%- if places | unique | list | length > 1 -%}
            {%- do problems.append(
                'table `' ~ table ~ '` is in several places of `' ~ raw_folder() ~ '` ('
                ~ (places | unique | join(', ')) ~ '); keep one'
            ) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set endings = raw_formats().keys() | join(', ') -%}
    {%- for table, found in unread.items() if table not in files or found[0].is_folder -%}
        {%- set first = found[0] -%}
        {%- set place = first.file.split('/')[0] -%}
        {%- if first.is_folder and (place | lower) != table -%}
            {%- do problems.append(
                'table `' ~ table ~ '`: the folder `' ~ place ~ '` is not named as the table; name it `'
                ~ table ~ '`'
            ) -%}
        {%- else -%}
            {%- do problems.append(
                'table `' ~ table ~ '`: `' ~ first.path ~ '` has an ending that is not read; '
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

{# Adds to each file its size, its time of change, and what is noted of it or, if it is new or has
   changed, what it is like. Notes all files in run_log.raw_files if there is no problem. Arguments:
   files, as of `raw_files`, without these. #}
{% macro described_files(files, problems) -%}
    {%- set noted_in = own_relation('run_log', 'raw_files') -%}
    {%- set noted = {} -%}
    {%- if has_noted_files(noted_in) -%}
        {%- for row in run_query('select file, size, modified_us, description from ' ~ noted_in) -%}
            {%- do noted.update({row[0] ~ '|' ~ row[1] | int ~ '|' ~ row[2] | int: row[3]}) -%}
        {%- endfor -%}
    {%- endif -%}
    {%- set paths = [] -%}
    {%- for found in files.values() -%}
        {%- do paths.extend(found | map(attribute='path')) -%}
    {%- endfor -%}
    {%- set stats = {} -%}
    {%- for row in run_query(
        'select filename, size, epoch_us(last_modified) from read_blob(' ~ path_list(paths) ~ ')'
    ) -%}
        {%- do stats.update({row[0]: [row[1] | int, row[2] | int]}) -%}
    {%- endfor -%}
    {%- for table, found in files.items() -%}
        {%- for file in found -%}
            {%- do file.update({'size': stats[file.path][0], 'modified_us': stats[file.path][1]}) -%}
            {%- set key = file.file ~ '|' ~ file.size ~ '|' ~ file.modified_us -%}
            {%- if key in noted -%}
                {%- do file.update(fromjson(noted[key])) -%}
            {%- else -%}
                {%- do file.update(described_file(file, problems)) -%}
            {%- endif -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- if not problems -%}
        {%- do note_raw_files(noted_in, files) -%}
    {%- endif -%}
    {{ return(files) }}
{%- endmacro %}

{# Whether run_log.raw_files is there. dbt's own list of relations may be older than the table. #}
{% macro has_noted_files(noted_in) -%}
    {{ return(run_query(
        'select count(*) from duckdb_tables() where '
        ~ "database_name = '" ~ noted_in.database ~ "' and schema_name = '" ~ noted_in.schema
        ~ "' and table_name = '" ~ noted_in.identifier ~ "'"
    ).rows[0][0] > 0) }}
{%- endmacro %}

{# Writes run_log.raw_files. #}
{% macro note_raw_files(noted_in, files) -%}
    {%- set rows = [] -%}
    {%- for found in files.values() -%}
        {%- for file in found -%}
            {%- set description = tojson({
                'separator': file.separator, 'encoding': file.encoding, 'columns': file.columns
            }) -%}
            {%- do rows.append(
                '(' ~ quoted_list([file.table, file.file, file.path, file.format, description]) ~ ', '
                ~ file.is_folder ~ ', ' ~ file.size ~ ', ' ~ file.modified_us ~ ')'
            ) -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do adapter.create_schema(noted_in) -%}
    {%- do run_query(
        'create or replace table ' ~ noted_in ~ ' as select * from (values ' ~ (rows | join(', '))
        ~ ') as files (table_name, file, path, format, description, is_folder, size, modified_us)'
    ) -%}
    {%- do adapter.commit() -%}
{%- endmacro %}

{# The noted files of a table, as of `raw_files`. Arguments: table; where, a condition.
   Example: noted_raw_files('sessions', "file like '%.csv'") #}
{% macro noted_raw_files(table, where='true') -%}
    {%- set files = [] -%}
    {%- set noted_in = own_relation('run_log', 'raw_files') -%}
    {%- if has_noted_files(noted_in) -%}
        {%- for row in run_query(
            'select table_name, file, path, format, is_folder, description from ' ~ noted_in
            ~ " where table_name = '" ~ table ~ "' and " ~ where ~ ' order by file'
        ) -%}
            {%- do files.append(dict(
                fromjson(row[5]), table=row[0], file=row[1], path=row[2], format=row[3],
                is_folder=row[4]
            )) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(files) }}
{%- endmacro %}

{# What a file is like: a mapping of separator and encoding, of a CSV file, and columns, a list of
   [name, type]. Appends to `problems` why the file cannot be read. #}
{% macro described_file(file, problems) -%}
    {%- set description = {'separator': none, 'encoding': none, 'columns': []} -%}
    {%- if file.format == 'csv' -%}
        {%- set encoding, header, problem = csv_header(file) -%}
        {%- do description.update({
            'encoding': encoding, 'separator': csv_separator(header, file)
        }) -%}
        {%- set problem = problem or csv_problem(file.path, description.separator, encoding) -%}
    {%- elif file.format == 'json' -%}
        {%- set problem = json_problem(file.path) -%}
    {%- elif file.size < 12 -%}
        {%- set problem = 'it is too small to be a Parquet file; write it again' -%}
    {%- endif -%}
    {%- if problem -%}
        {%- do problems.append('table `' ~ file.table ~ '`: `' ~ file.path ~ '`: ' ~ problem) -%}
    {%- elif file.format == 'json' -%}
        {%- for name in run_query(
            'select distinct unnest(json_keys(json)) as name from read_json_objects('
            ~ path_list([file.path]) ~ ', hive_partitioning = false) order by name'
        ).columns[0].values() -%}
            {%- do description.columns.append([name, 'VARCHAR']) -%}
        {%- endfor -%}
    {%- else -%}
        {%- for row in run_query(
            'select column_name, column_type from (describe select * from '
            ~ file_scan([dict(file, **description)], []) ~ ')'
        ) -%}
            {%- do description.columns.append([row[0], row[1]]) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(description) }}
{%- endmacro %}

{# The values of partition folders in a file's path. Example: partitions_of('sessions/day=1/a.csv')
   -> ['day'] #}
{% macro partitions_of(file) -%}
    {%- set names = [] -%}
    {%- for part in file.split('/')[1:-1] if '=' in part -%}
        {%- do names.append(part.split('=')[0]) -%}
    {%- endfor -%}
    {{ return(names) }}
{%- endmacro %}

{# The lower-case names of the columns of a table's files, partitions included, as a list. #}
{% macro file_columns(files) -%}
    {%- set names = [] -%}
    {%- for file in files -%}
        {%- for name in (file.columns | map('first') | list) + partitions_of(file.file) -%}
            {%- do names.append(name | lower | trim) -%}
        {%- endfor -%}
    {%- endfor -%}
    {{ return(names | unique | list) }}
{%- endmacro %}

{# Paths as a list literal. DuckDB takes each for a pattern, so what is special in one is quoted. #}
{% macro path_list(paths) -%}
    {%- set quoted = [] -%}
    {%- for path in paths -%}
        {%- do quoted.append(modules.re.sub('([\[*?])', '[\\1]', path)) -%}
    {%- endfor -%}
    {{ return('[' ~ quoted_list(quoted) ~ ']') }}
{%- endmacro %}

{# The table function that reads files of one format. CSV and JSON are read as text, so that no row
   is lost to a guessed type; staging applies the declared types. One thread reads CSV: several cannot
   pad short rows where others have line breaks in quotes. Large tables belong in Parquet files.
   Arguments: files, of `raw_files`; names, the keys of JSON objects to read. #}
{% macro file_scan(files, names) -%}
    {%- set first = files[0] -%}
    {%- set paths = path_list(files | map(attribute='path')) -%}
    {%- if first.format == 'parquet' -%}
        {{ return('read_parquet(' ~ paths ~ ', hive_partitioning = false)') }}
    {%- elif first.format == 'json' -%}
        {%- set keys = [] -%}
        {%- for name in names -%}
            {%- do keys.append(quoted_list([name]) ~ ": 'VARCHAR'") -%}
        {%- endfor -%}
        {{ return(
            'read_json(' ~ paths ~ ', hive_partitioning = false, columns = {' ~ (keys | join(', ')) ~ '})'
        ) }}
    {%- endif -%}
    {{ return(
        'read_csv(' ~ paths ~ ', header = true, all_varchar = true, delim = '
        ~ quoted_list([first.separator]) ~ ", quote = '\"', escape = '\"', null_padding = true, "
        ~ 'strict_mode = false, parallel = false, hive_partitioning = false, union_by_name = true, '
        ~ 'encoding = ' ~ quoted_list([first.encoding]) ~ ')'
    ) }}
{%- endmacro %}

{# The query of files of one raw table: the declared columns that any of them has, by their declared
   names, and raw_part, the file. Files that agree in format and types are read together; where types
   differ between files, the column is text. Arguments: declaration, of `raw_declaration`; files, of
   `raw_files`, at least one. #}
{% macro files_query(declaration, files) -%}
    {%- set groups = {} -%}
    {%- set types = {} -%}
    {%- for file in files -%}
        {%- set columns = {} -%}
        {%- set by_name = {} -%}
        {%- for name, type in file.columns -%}
            {%- do by_name.setdefault(name | lower | trim, {'name': name, 'type': type}) -%}
        {%- endfor -%}
        {%- for name in partitions_of(file.file) if name | lower not in by_name -%}
            {%- do by_name.update({name | lower: {'partition': name, 'type': 'VARCHAR'}}) -%}
        {%- endfor -%}
        {%- for column in declaration.columns if column.name in by_name -%}
            {%- do columns.update({column.name: by_name[column.name]}) -%}
        {%- endfor -%}
        {%- set key = tojson([file.format, file.separator, file.encoding, columns]) -%}
        {%- if key not in groups -%}
            {%- do groups.update({key: {'columns': columns, 'files': []}}) -%}
            {%- for name, column in columns.items() -%}
                {%- do types.setdefault(name, []).append(column.type) -%}
            {%- endfor -%}
        {%- endif -%}
        {%- do groups[key].files.append(file) -%}
    {%- endfor -%}
    {%- set queries = [] -%}
    {%- for group in groups.values() -%}
        {%- set selected = [] -%}
        {%- set names = [] -%}
        {%- for name, column in group.columns.items() -%}
            {%- if column.partition -%}
                {%- set value = partition_value(column.partition) -%}
            {%- else -%}
                {%- do names.append(column.name) -%}
                {%- set value = adapter.quote(column.name.replace('"', '""')) -%}
            {%- endif -%}
            {%- do selected.append(value_of_types(value, column.type, types[name]) ~ ' as ' ~ name) -%}
        {%- endfor -%}
        {%- do selected.append(
            "substr(replace(filename, '\\', '/'), " ~ (raw_folder() | length + 2) ~ ') as raw_part'
        ) -%}
        {%- do queries.append(
            'select ' ~ (selected | join(', ')) ~ ' from ' ~ file_scan(group.files, names)
        ) -%}
    {%- endfor -%}
    {{ return(queries | join(' union all by name ')) }}
{%- endmacro %}

{# A column's value as a type that it has in all files. Arguments: value; type, its own; types, those
   of all groups of files. #}
{% macro value_of_types(value, type, types) -%}
    {%- if types | unique(case_sensitive=true) | list | length == 1 -%}{{ return(value) }}{%- endif -%}
    {%- set plain = plain_value(value, type) -%}
    {%- set others = [] -%}
    {%- for other in types -%}
        {%- do others.append(plain_value(value, other).type) -%}
    {%- endfor -%}
    {%- if others | unique | list | length == 1 -%}{{ return(plain.value) }}{%- endif -%}
    {{ return('cast(' ~ plain.value ~ ' as varchar)') }}
{%- endmacro %}

{# The value of a partition in the path of the file that a row is from; null where it has none. #}
{% macro partition_value(name) -%}
    nullif(url_decode(regexp_extract(
        replace(filename, '\', '/'), {{ quoted_list(['/' ~ modules.re.escape(name) ~ '=([^/]*)/']) }}, 1
    )), '__HIVE_DEFAULT_PARTITION__')
{%- endmacro %}

{# Makes the views of the raw files, and drops those whose file is gone. A folder that is read in part
   keeps its view: to make it would open every file. Arguments: files, of `raw_files`. #}
{% macro make_raw_file_views(files) -%}
    {%- for node in graph.sources.values()
        if node.source_name == 'assisted_conversions_raw_files' -%}
        {%- set view = api.Relation.create(
            database=node.database, schema=node.schema, identifier=node.identifier
        ) -%}
        {%- if loop.first -%}
            {%- do run_query('create schema if not exists ' ~ view.without_identifier()) -%}
        {%- endif -%}
        {%- if node.name not in files -%}
            {%- do run_query('drop view if exists ' ~ view) -%}
        {%- elif flags.WHICH == 'freshness' or not reads_changed_files(node.name) -%}
            {%- do run_query(
                'create or replace view ' ~ view ~ ' as '
                ~ files_query(raw_declaration(node.name), files[node.name])
            ) -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}

{# Whether a raw table is a folder of files. Example: is_raw_folder('sessions') #}
{% macro is_raw_folder(table) -%}
    {{ return(adapter.dispatch('is_raw_folder', 'assisted_conversions')(table)) }}
{%- endmacro %}
{% macro duckdb__is_raw_folder(table) -%}
    {{ return(
        execute and raw_place(table) == 'files' and noted_raw_files(table, 'is_folder') | length > 0
    ) }}
{%- endmacro %}
{% macro default__is_raw_folder(table) -%} {{ return(false) }} {%- endmacro %}
