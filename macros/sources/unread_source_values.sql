{# Values of tools' columns from which no number, time or truth value could be read, as a query: adapter,
   table_name, column_name, value, a row for each. Only columns of text can have such values. Those within
   structs are left out: to look through them takes as long as a build. #}
{% macro unread_source_values() -%}
    {%- if not execute -%}{{ return('select 1') }}{%- endif -%}
    {%- set parts = [] -%}
    {%- for node in tool_tables() -%}
        {%- set checks = unread_checks(node) -%}
        {%- if checks -%}
            {%- do parts.append({'node': node, 'checks': checks}) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- for part in parts %}
select
    {{ quoted_list([adapter_of(part.node)]) }} as adapter,
    {{ quoted_list([part.node.name]) }} as table_name,
    {{ struct_field('unread', 'column_name') }} as column_name,
    {{ struct_field('unread', 'value') }} as value
from (
    select {{ unnested('checks') }} as unread
    from (
        select {{ array_of_structs(part.checks) | indent(8) }} as checks
        from {{ source_relation(part.node) }}
    ) as checked {{ unnest_join('checks') }}
) as unnested
where unread is not null
        {%- if not loop.last %}
union all
        {%- endif %}
    {%- else %}
select
    {%- for name in ['adapter', 'table_name', 'column_name', 'value'] %}
    {{ quote_text(none) }} as {{ name }}{{ ',' if not loop.last }}
    {%- endfor %}
where false
    {%- endfor %}
{%- endmacro %}

{# What is asked of the columns of a tool's table, as `array_of_structs` takes it. #}
{% macro unread_checks(node) -%}
    {%- set checks = [] -%}
    {%- set found = source_columns(node) -%}
    {%- for column in node.columns.values()
        if column.data_type not in ('text', 'hex', 'json', 'any') and not column_meta(column).get('within') -%}
        {%- set stored = stored_column(node, column, found) -%}
        {%- if stored is not none and is_text_type(stored.dtype | upper) -%}
            {%- set text = trimmed_text(adapter.quote(stored.name)) -%}
            {%- do checks.append({
                'name': column.name,
                'raw': text,
                'condition': text ~ ' is not null and ' ~ source_value(column, stored) ~ ' is null'
            }) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(checks) }}
{%- endmacro %}
