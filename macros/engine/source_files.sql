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
                    'json': 'read_json(' ~ path_list(paths)
                        ~ ', union_by_name = true, sample_size = -1, maximum_depth = -1)',
                }[format]) -%}
                {%- do run_query('comment on view ' ~ view ~ ' is ' ~ mark) -%}
            {%- endfor -%}
        {%- endif -%}
    {%- endfor -%}
{%- endmacro %}
{% macro default__make_source_file_views(nodes, problems) -%}{%- endmacro %}
