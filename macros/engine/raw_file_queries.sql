{# Queries of raw files. #}

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
            {%- do selected.append(
                value_of_types(value, column.type, types[name]) ~ ' as '
                ~ adapter.quote(name.replace('"', '""'))
            ) -%}
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
    {{ return(
        text_of_number(plain.value) if may_have_decimals(plain.type)
        else 'cast(' ~ plain.value ~ ' as varchar)'
    ) }}
{%- endmacro %}

{# The value of a partition in the path of the file that a row is from; null where it has none. #}
{% macro partition_value(name) -%}
    nullif(url_decode(regexp_extract(
        replace(filename, '\', '/'), {{ quoted_list(['/' ~ modules.re.escape(name) ~ '=([^/]*)/']) }}, 1
    )), '__HIVE_DEFAULT_PARTITION__')
{%- endmacro %}

{# Makes the views of the raw files, and drops those that nobody reads: where the file is gone, and of
   a folder whose files the model reads itself, since to make the view would open every file.
   Arguments: files, of `raw_files`. #}
{% macro make_raw_file_views(files) -%}
    {%- for node in graph.sources.values()
        if node.source_name == 'assisted_conversions_raw_files' -%}
        {%- set view = api.Relation.create(
            database=node.database, schema=node.schema, identifier=node.identifier
        ) -%}
        {%- if loop.first -%}
            {%- do run_query('create schema if not exists ' ~ view.without_identifier()) -%}
        {%- endif -%}
        {%- if node.name not in files
            or (flags.WHICH != 'freshness' and reads_files_itself(node.name)) -%}
            {%- do run_query('drop view if exists ' ~ view) -%}
        {%- else -%}
            {%- do run_query(
                'create or replace view ' ~ view ~ ' as '
                ~ files_query(raw_declaration(node.name), files[node.name])
            ) -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}
