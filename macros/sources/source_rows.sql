{# The rows of a tool's table, with its columns as the adapter's source declares them, each under its
   declared name and read as its declared type; what cannot be read is null. A column that a loader
   names differently is found by its `aliases`, or by the adapter's setting `columns`. Optional tables
   and columns may be absent. Rows that the loader marks as deleted or outdated are left out. In the
   YAML of the source, a column's data_type is
     text, timestamp (UTC), date, integer, number, amount, boolean, or any: as it comes; json, its text;
     hex, which is bytes in hexadecimal or the text that a loader made of them
   and its config.meta may have
     optional: true       the column may be absent: it is null then
     aliases              the names that other loaders give it
     marks_deleted: true  a row in which it is true was deleted in the tool
     within               the column of structs that holds it, with
       field              its path there, as `web_info.browser`; or
       key                its key, where the column is a list of keys and values
     marks_current: true  a row in which it is false is an old version of a row
   A table's config.meta: optional: true, where it may be absent.
   Arguments: adapter_name; table, its name in the source.
   Example: source_rows('klaviyo', 'event') #}
{% macro source_rows(adapter_name, table) -%}
    {%- set relation = source('assisted_conversions_' ~ adapter_name, table) -%}
    {%- if not execute -%}{{ return('select 1') }}{%- endif -%}
    {%- set node = source_node(adapter_name, table) -%}
    {%- set found = source_columns(node) -%}
    {%- set gone = [] -%}
select
    {%- for column in node.columns.values() %}
    {%- set stored = stored_column(node, column, found) %}
    {%- if stored is not none and column_meta(column).get('marks_deleted') %}
        {%- do gone.append('coalesce(' ~ source_value(column, stored) ~ ', false)') -%}
    {%- elif stored is not none and column_meta(column).get('marks_current') %}
        {%- do gone.append('not coalesce(' ~ source_value(column, stored) ~ ', true)') -%}
    {%- endif %}
    {{ source_value(column, stored) | indent(4) }} as {{ quoted_name(column.name) }}{{ ',' if not loop.last }}
    {%- endfor %}
from {{ with_nested_values(node, relation, found) if found else '(select 1 as nothing) as nothing' }}
{%- if not found %}
where false
{%- elif gone %}
where not ({{ gone | join(' or ') }})
{%- endif %}
{%- endmacro %}

{# The declaration of a tool's table. #}
{% macro source_node(adapter_name, table) -%}
    {%- set id = 'source.assisted_conversions.assisted_conversions_' ~ adapter_name ~ '.' ~ table -%}
    {{ return(graph.sources[id]) }}
{%- endmacro %}

{# The adapter that reads a tool's table. #}
{% macro adapter_of(node) -%}
    {{ return(node.source_name | replace('assisted_conversions_', '')) }}
{%- endmacro %}

{# Where a tool's table is. #}
{% macro source_relation(node) -%}
    {{ return(api.Relation.create(
        database=node.database, schema=node.schema, identifier=node.identifier
    )) }}
{%- endmacro %}

{# The columns that a tool's table really has, as a mapping of lower-case name to adapter column; empty
   where the table is absent. Without a warehouse they are those declared, as text. #}
{% macro source_columns(node) -%}
    {%- set found = {} -%}
    {%- if is_offline() -%}
        {%- for column in node.columns.values() -%}
            {%- set name = column_meta(column).get('within') or column.name -%}
            {%- do found.update({name | lower: api.Column(name, dbt.type_string())}) -%}
        {%- endfor -%}
        {{ return(found) }}
    {%- endif -%}
    {%- set stored = existing_relation(node) -%}
    {%- if stored is not none -%}
        {%- for column in adapter.get_columns_in_relation(stored) -%}
            {%- do found.update({column.name | lower: column}) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(found) }}
{%- endmacro %}

{# The names that a declared column may have, in lower case: the one that a setting gives alone. #}
{% macro source_column_names(node, column) -%}
    {%- set adapter_name = adapter_of(node) -%}
    {%- set renamed = adapter_settings(adapter_name).get('columns', {}).get(node.name, {}) -%}
    {%- set name = column_meta(column).get('within') or column.name -%}
    {%- if name in renamed -%}
        {{ return([renamed[name] | lower]) }}
    {%- endif -%}
    {%- set names = [name | lower] -%}
    {%- for alias in column_meta(column).get('aliases', []) -%}
        {%- do names.append(alias | lower) -%}
    {%- endfor -%}
    {{ return(names) }}
{%- endmacro %}

{# The adapter column that a declared column stands in; none where it is absent. #}
{% macro stored_column(node, column, found) -%}
    {%- for name in source_column_names(node, column) if name in found -%}
        {{ return(found[name]) }}
    {%- endfor -%}
    {{ return(none) }}
{%- endmacro %}

{# What is missing from a tool's table, as texts. Arguments: node; found, of `source_columns`. #}
{% macro source_problems(node, found) -%}
    {%- set problems = [] -%}
    {%- set adapter_name = adapter_of(node) -%}
    {%- set shown = shown_table(source_key(node)) -%}
    {%- set meta = node.config.meta or node.meta or {} -%}
    {%- if not found and not meta.get('optional') -%}
        {%- do problems.append(
            shown ~ ' is absent: there is no `' ~ source_relation(node) ~ '`'
            ~ (' and no file `' ~ raw_folder() ~ '/' ~ adapter_name ~ '/' ~ source_file_name(node) ~ '.*`'
                if target.type == 'duckdb' else '')
            ~ '. Load it, or say where it is with `schema`, `database` or `tables` of the adapter in '
            ~ 'the setting `adapters`'
        ) -%}
    {%- elif found -%}
        {%- for column in node.columns.values() if not column_meta(column).get('optional')
            and stored_column(node, column, found) is none -%}
            {%- do problems.append(
                shown ~ ' lacks the column `' ~ (source_column_names(node, column) | join('` or `'))
                ~ '`. If it has another name, give it in the setting `adapters`: {' ~ adapter_name
                ~ ': {columns: {' ~ node.name ~ ': {' ~ column.name ~ ': its_name}}}}. Columns found: '
                ~ (found | sort | join(', '))
            ) -%}
        {%- endfor -%}
    {%- endif -%}
    {{ return(problems) }}
{%- endmacro %}
