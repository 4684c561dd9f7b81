{# What the raw files are like, noted in run_log.known_raw_files: their format, encoding and columns. #}

{# Adds to each file its size, its time of change, and what is noted of it or, if it is new or has
   changed, what it is like. Arguments: files, as of `raw_files`, without these. #}
{% macro described_files(files, problems) -%}
    {%- set noted_in = own_relation('run_log', 'known_raw_files') -%}
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
    {{ return(files) }}
{%- endmacro %}

{# Whether run_log.known_raw_files is there. dbt's own list of relations may be older than the table. #}
{% macro has_noted_files(noted_in) -%}
    {{ return(run_query(
        'select count(*) from duckdb_tables() where '
        ~ "database_name = '" ~ noted_in.database ~ "' and schema_name = '" ~ noted_in.schema
        ~ "' and table_name = '" ~ noted_in.identifier ~ "'"
    ).rows[0][0] > 0) }}
{%- endmacro %}

{# Writes run_log.known_raw_files, once all checks have passed. Arguments: files, of `raw_files`. #}
{% macro note_raw_files(files) -%}
    {%- set noted_in = own_relation('run_log', 'known_raw_files') -%}
    {#- Adapters may make all raw tables, so that there is no file: a row that is left out again. #}
    {%- set rows = ["('', '', '', '', '', false, 0, 0)"] -%}
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
        'create or replace table ' ~ noted_in ~ ' as select * from (values '
        ~ (rows | join(', '))
        ~ ') as files (table_name, file, path, format, description, is_folder, size, modified_us)'
        ~ " where file != ''"
    ) -%}
    {%- do adapter.commit() -%}
{%- endmacro %}

{# The noted files of a table, as of `raw_files`. Arguments: table; where, a condition.
   Example: noted_raw_files('sessions', "file like '%.csv'") #}
{% macro noted_raw_files(table, where='true') -%}
    {%- set files = [] -%}
    {%- set noted_in = own_relation('run_log', 'known_raw_files') -%}
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
        {%- set problem = problem or (none if header.strip() else 'the file is empty; write a header') -%}
        {%- set names = header_names(header, description.separator) -%}
        {%- set problem = problem or repeated_column_problem(file, names)
            or csv_problem(file.path, description.separator, encoding)
            or surplus_value_problem(file.path, description.separator, encoding, names | length) -%}
    {%- elif file.format == 'json' -%}
        {%- set problem = json_problem(file.path) -%}
    {%- elif file.size < 12 -%}
        {%- set problem = 'it is too small to be a Parquet file; write it again' -%}
    {%- elif (file.path | lower).endswith('.gz') and run_query(
        'select left(hex(content), 4) from read_blob(' ~ path_list([file.path]) ~ ')'
    ).rows[0][0] == '1F8B' -%}
        {%- set problem = 'it is a Parquet file that was compressed as a whole; unpack it' -%}
    {%- endif -%}
    {%- if problem -%}
        {%- do problems.append(shown_table(file.table) ~ ': `' ~ file.path ~ '`: ' ~ problem) -%}
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
