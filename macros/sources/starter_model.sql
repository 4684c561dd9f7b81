{# Prints a model that makes a raw table of any other table: its declared columns with their meaning, those
   of the same name filled in. The beginning of an adapter of one's own; docs/sources/your_own.md.
   Arguments: raw_table; from, the other table: `table`, `schema.table` or `database.schema.table`.
   Example: dbt run-operation starter_model --args '{raw_table: interactions, from: "landing.calls"}' #}
{% macro starter_model(raw_table, from) -%}
    {%- if raw_table not in raw_tables() -%}
        {{ exceptions.raise_compiler_error(
            'There is no raw table `' ~ raw_table ~ '`. Raw tables are: ' ~ (raw_tables() | join(', '))
        ) }}
    {%- endif -%}
    {%- set relation = starter_relation(from) -%}
    {%- set declaration = raw_declaration(raw_table) -%}
    {%- set found = found_columns(declaration, relation) -%}
    {%- do print(starter_query(declaration, relation, found)) -%}
{%- endmacro %}

{# The table that a text names; an error where it is absent. #}
{% macro starter_relation(name) -%}
    {%- set parts = name.split('.') -%}
    {%- if parts | length > 3 -%}
        {{ exceptions.raise_compiler_error(
            '`' ~ name ~ '` names no table: write `table`, `schema.table` or `database.schema.table`'
        ) }}
    {%- endif -%}
    {%- set parts = [none, none, none][parts | length:] + parts -%}
    {%- set relation = load_relation(api.Relation.create(
        database=parts[0] or target.get('database'), schema=parts[1] or target.schema, identifier=parts[2]
    )) -%}
    {%- if relation is none -%}
        {{ exceptions.raise_compiler_error(
            'There is no table `' ~ name ~ '` in the database `' ~ (parts[0] or target.get('database'))
            ~ '`, schema `' ~ (parts[1] or target.schema) ~ '`'
        ) }}
    {%- endif -%}
    {{ return(relation) }}
{%- endmacro %}

{# The printed model. Arguments: declaration, of `raw_declaration`; relation; found, its columns, of
   `found_columns`. #}
{% macro starter_query(declaration, relation, found) -%}
    {%- set node = graph.sources['source.assisted_conversions.assisted_conversions_raw.' ~ declaration.name] -%}
    {%- set identities = [] -%}
    {%- set unused = found.keys() | list -%}
    {%- for column in declaration.columns -%}
        {%- if column.meta.get('any_of') -%}{%- do identities.append(column.name) -%}{%- endif -%}
        {%- if column.name in unused -%}{%- do unused.remove(column.name) -%}{%- endif -%}
    {%- endfor -%}
-- The raw table {{ declaration.name }}: {{ node.description | trim }}
{%- if declaration.key %}
-- Its key: {{ declaration.key | join(', ') }}.
{%- endif %}
{%- if identities %}
-- Each row needs one of {{ identities | join(', ') }}.
{%- endif %}
select
    {%- for column in declaration.columns %}
    -- {{ 'Required. ' if column.meta.get('required') }}{{ described_column(node, column) }}
    {% if column.name in found -%}
        {{ adapter.quote(found[column.name].name) if found[column.name].name != column.name else column.name }}
        {{- ' as ' ~ column.name if found[column.name].name != column.name }}
    {%- else -%}
        cast(null as {{ source_type(column.data_type) }}) as {{ column.name }}
    {%- endif %}
    {{- ',' if not loop.last }}
    {%- endfor %}
from {{ relation }}
{%- if unused %}
-- Columns that are not used yet: {{ unused | sort | join(', ') }}
{%- endif %}
{%- endmacro %}

{# What a declared column means, in one line. #}
{% macro described_column(node, column) -%}
    {%- set declared = node.columns.get(column.name) -%}
    {{ return(
        (declared.description if declared else 'One of the setting pass_through_columns.')
        | replace('\n', ' ') | trim
    ) }}
{%- endmacro %}
