{# Makes a view of each tool's table that is a file or a folder of files: `<adapter>/<table>.<ending>` or
   `<adapter>/<table>/` in the raw folder. Those of the run before are dropped first, for their files may
   be gone: their comment tells them from views of the user's. DuckDB only; elsewhere tables are tables.
   CSV is read as raw tables are. Returns a mapping: described, the files of CSV, to be noted; unread,
   the tables whose files cannot be read, which `problems` says why. #}
{% macro make_source_file_views(nodes, problems) -%}
    {{ return(adapter.dispatch('make_source_file_views', 'assisted_conversions')(nodes, problems)) }}
{%- endmacro %}
{% macro duckdb__make_source_file_views(nodes, problems) -%}
    {%- set others = problems | length -%}
    {%- do check_object_storage(raw_folder(), problems) -%}
    {%- if problems | length > others -%}{{ return({'unread': nodes}) }}{%- endif -%}
    {%- set mark = quoted_list(['Files in ATTRIBUTION_RAW_DIR']) -%}
    {%- for view in run_query(
        'select database_name, schema_name, view_name from duckdb_views() where comment = ' ~ mark
    ).rows -%}
        {%- do run_query('drop view ' ~ api.Relation.create(
            database=view[0], schema=view[1], identifier=view[2]
        )) -%}
    {%- endfor -%}
    {%- set files = source_files(nodes, problems) -%}
    {%- set described = {} -%}
    {%- for key, found in files.items() if found | map(attribute='format') | unique | list == ['csv'] -%}
        {%- do described.update({key: found}) -%}
    {%- endfor -%}
    {%- if described -%}{%- do described_files(described, problems) -%}{%- endif -%}
    {%- set unread = [] -%}
    {%- for node in nodes if source_key(node) in files -%}
        {%- set found = files[source_key(node)] -%}
        {%- set paths = found | map(attribute='path') | list -%}
        {%- set formats = found | map(attribute='format') | unique | list -%}
        {%- set query = [] -%}
        {%- if formats | length > 1 -%}
            {%- do problems.append(
                shown_table(source_key(node)) ~ ': its files are of several formats ('
                ~ (formats | join(', ')) ~ '); keep one'
            ) -%}
        {%- elif formats[0] == 'csv' -%}
            {%- if not found | rejectattr('columns') | list -%}
                {%- set columns = [] -%}
                {%- for name in file_columns(found) -%} {%- do columns.append({'name': name}) -%} {%- endfor -%}
                {%- do query.append(
                    'select * exclude (raw_part) from (' ~ files_query({'columns': columns}, found) ~ ')'
                ) -%}
            {%- endif -%}
        {%- elif run_query(
            'select coalesce(sum(size), 0) from read_blob(' ~ path_list(paths) ~ ')'
        ).rows[0][0] == 0 -%}
            {%- do problems.append(
                shown_table(source_key(node)) ~ ': `' ~ paths[0] ~ '`: the file is empty; write it again'
            ) -%}
        {%- elif formats[0] == 'parquet' -%}
            {%- do query.append('from read_parquet(' ~ path_list(paths) ~ ', union_by_name = true)') -%}
        {%- else -%}
            {%- do query.append(
                'from read_json(' ~ path_list(paths) ~ ', columns = {' ~ json_file_columns(paths, node) ~ '})'
            ) -%}
        {%- endif -%}
        {%- if query -%}
            {%- set view = source_relation(node) -%}
            {%- do adapter.create_schema(view) -%}
            {%- do run_query('create or replace view ' ~ view ~ ' as ' ~ query[0]) -%}
            {%- do run_query('comment on view ' ~ view ~ ' is ' ~ mark) -%}
        {%- else -%}
            {%- do unread.append(node) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return({'described': described, 'unread': unread}) }}
{%- endmacro %}
{% macro default__make_source_file_views(nodes, problems) -%}{{ return({}) }}{%- endmacro %}

{# The name of a tool's table among files. Example: segment.pages #}
{% macro source_key(node) -%}{{ return(adapter_of(node) ~ '.' ~ node.name) }}{%- endmacro %}

{# The name that files of a tool's table have, in lower case: its own, or the one that a setting gives. #}
{% macro source_file_name(node) -%}
    {{ return(adapter_settings(adapter_of(node)).get('tables', {}).get(node.name, node.name) | lower) }}
{%- endmacro %}

{# The files of tools' tables, as of `raw_files`, by `source_key`. Appends to `problems` those that would
   not be read: where no table has their name, or their ending is not read. #}
{% macro source_files(nodes, problems) -%}
    {%- set tables = {} -%}
    {%- for node in nodes -%}
        {%- do tables.setdefault(adapter_of(node), {}).update({source_file_name(node): node}) -%}
    {%- endfor -%}
    {%- set files, unread, strange = {}, {}, {} -%}
    {%- for path in run_query(
        'select file from glob(' ~ quoted_list([raw_folder() ~ '/*/**']) ~ ') order by file'
    ).columns[0].values() -%}
        {%- set file = path.replace('\\', '/')[raw_folder() | length + 1:] -%}
        {%- set folder, _, rest = file.partition('/') -%}
        {%- set names = tables.get(folder | lower, {}) -%}
        {%- set found = file_in_place(rest, names) -%}
        {%- if found.table in names -%}
            {%- set node = names[found.table] -%}
            {%- set declared = [] -%}
            {%- for column in node.columns.values() -%}
                {%- do declared.extend(source_column_names(node, column)) -%}
            {%- endfor -%}
            {%- do (files if found.format else unread).setdefault(source_key(node), []).append(dict(
                found, table=source_key(node), file=file, path=path, declared=declared | unique | list
            )) -%}
        {%- elif names and found.table and found.format and found.table[0] != '_' -%}
            {%- do strange.setdefault(folder | lower ~ '.' ~ found.table, path) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- do check_places(files, unread, problems) -%}
    {%- for key, path in strange.items() -%}
        {%- set adapter_name, _, name = key.partition('.') -%}
        {%- set likely = [] -%}
        {%- for node in tables[adapter_name].values() if source_key(node) not in files -%}
            {%- do likely.insert(0 if node.name[:3] == name[:3] else likely | length, node.name) -%}
        {%- endfor -%}
        {%- do problems.append(
            'adapter `' ~ adapter_name ~ '`: `' ~ path ~ '` would not be read, since it is none of its tables ('
            ~ (tables[adapter_name] | sort | join(', ')) ~ '); remove it, or if it is one of them, name it so '
            ~ 'or say so in the setting `adapters`: {' ~ adapter_name ~ ': {tables: {'
            ~ (likely + ['its_table']) | first ~ ': ' ~ name ~ '}}}'
        ) -%}
    {%- endfor -%}
    {{ return(files) }}
{%- endmacro %}

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
