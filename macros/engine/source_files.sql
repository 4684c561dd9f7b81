{# Makes a view of each tool's table that is a file or a folder of files: `<adapter>/<table>.<ending>` or
   `<adapter>/<table>/` in the raw folder. Those of the run before are dropped first, for their files may
   be gone: their comment tells them from views of the user's. DuckDB only; elsewhere tables are tables. #}
{% macro make_source_file_views(nodes, problems) -%}
    {{ return(adapter.dispatch('make_source_file_views', 'assisted_conversions')(nodes, problems)) }}
{%- endmacro %}
{% macro duckdb__make_source_file_views(nodes, problems) -%}
    {%- do check_object_storage(raw_folder(), problems) -%}
    {%- if problems -%}{{ return(none) }}{%- endif -%}
    {%- set mark = quoted_list(['Files in ATTRIBUTION_RAW_DIR']) -%}
    {%- for view in run_query(
        'select database_name, schema_name, view_name from duckdb_views() where comment = ' ~ mark
    ).rows -%}
        {%- do run_query('drop view ' ~ api.Relation.create(
            database=view[0], schema=view[1], identifier=view[2]
        )) -%}
    {%- endfor -%}
    {%- set files = {} -%}
    {%- for path in run_query(
        'select file from glob(' ~ quoted_list([raw_folder() ~ '/*/**']) ~ ') order by file'
    ).columns[0].values() -%}
        {%- set parts = path.replace('\\', '/')[raw_folder() | length + 1:].split('/') -%}
        {%- set words = (parts[-1] | lower).split('.') -%}
        {%- set format = raw_formats().get(words[-2:] | join('.')) or raw_formats().get(words[-1]) -%}
        {%- if format and parts | length > 1 and parts[-1][0] not in '._' -%}
            {%- set table = (parts[1] if parts | length > 2 else words[0]) | lower -%}
            {%- do files.setdefault(parts[0] | lower ~ '.' ~ table, {}).setdefault(format, []).append(path) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for node in nodes -%}
        {%- set adapter_name = adapter_of(node) -%}
        {%- set formats = files.get(adapter_name ~ '.' ~ node.name) or {} -%}
        {%- if formats | length > 1 -%}
            {%- do problems.append(
                'adapter `' ~ adapter_name ~ '`: the files of table `' ~ node.name ~ '` are of several formats ('
                ~ (formats | join(', ')) ~ '); keep one'
            ) -%}
        {%- elif formats -%}
            {%- set view = source_relation(node) -%}
            {%- do adapter.create_schema(view) -%}
            {%- for format, paths in formats.items() -%}
                {%- do run_query('create or replace view ' ~ view ~ ' as select * from ' ~ {
                    'parquet': 'read_parquet(' ~ path_list(paths) ~ ', union_by_name = true)',
                    'csv': 'read_csv(' ~ path_list(paths) ~ ', all_varchar = true, union_by_name = true)',
                    'json': 'read_json(' ~ path_list(paths) ~ ', columns = {'
                        ~ (json_file_columns(paths, node) if format == 'json' else '') ~ '})',
                }[format]) -%}
                {%- do run_query('comment on view ' ~ view ~ ' is ' ~ mark) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}
{% macro default__make_source_file_views(nodes, problems) -%}{%- endmacro %}

{# The columns of files of JSON, all as text, like those of CSV; what is nested is its text of JSON, since
   its keys may differ in their letter case alone, which fields of structs may not. Where the adapter's
   source declares columns within others, types are those that DuckDB finds in all rows, but for two:
   texts that are UUIDs stay as they are written, and texts among numbers are texts, without quotes. #}
{% macro json_file_columns(paths, node) -%}
    {%- set nested = [] -%}
    {%- for column in node.columns.values() if column_meta(column).get('within') -%}
        {%- do nested.append(column.name) -%}
    {%- endfor -%}
    {%- set columns = [] -%}
    {%- for column in run_query(
        'describe select * from read_json(' ~ path_list(paths) ~ ', union_by_name = true, sample_size = -1, '
        ~ 'maximum_depth = ' ~ (-1 if nested else 1) ~ ')'
    ).rows -%}
        {%- set type = modules.re.sub('(^| )UUID(?=[],)[]|$)', '\\1VARCHAR', column[1]) -%}
        {%- do columns.append(
            text_literal(column[0]) ~ ': ' ~ text_literal('VARCHAR' if type == 'JSON' else type)
        ) -%}
    {%- endfor -%}
    {{ return(columns | join(', ')) }}
{%- endmacro %}
