{# A tool's table with what is nested in it beside its columns, as `nested_<name>`: in a step of its own,
   since reading a value takes its expression several times. #}
{% macro with_nested_values(node, relation, found) -%}
    {%- set values = [] -%}
    {%- set lists = [] -%}
    {%- for column in node.columns.values() if column_meta(column).get('within') -%}
        {%- set stored = stored_column(node, column, found) -%}
        {%- if stored is not none -%}
            {%- do values.append(nested_value(column, stored) ~ ' as nested_' ~ column.name) -%}
            {%- if column_meta(column).get('key') -%}
                {%- do lists.extend(keyed_lists(adapter.quote(stored.name), stored.dtype)) -%}
            {%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {%- if not values -%}{{ return(relation) }}{%- endif -%}
(
    select
        *,
        {{ values | join(',\n        ') }}
    from {{ '(select *, ' ~ (lists | unique | join(', ')) ~ ' from ' ~ relation ~ ') as with_lists'
        if lists else relation }}
) as with_nested_values
{%- endmacro %}

{# A value within a column. Arguments: column, declared; stored, the adapter column that holds it. #}
{% macro nested_value(column, stored) -%}
    {%- set meta = column_meta(column) -%}
    {%- set holder = adapter.quote(stored.name) -%}
    {{ keyed_value(holder, meta.key, stored.dtype) if meta.get('key') else nested_field(holder, meta.field, stored.dtype) }}
{%- endmacro %}
