{#
    Optional values that are there and cannot be read: they count as null, and are named in
    audit_ignored_values.
#}

{#
    The optional columns of which a value can be there and yet be unreadable.
    Arguments: columns, of `raw_declaration`; raw_types, mapping of column to its raw type.
    Returns a list of entries of `columns`.
    Example: parsed_columns(columns, {'ended_at': 'VARCHAR'})
#}
{% macro parsed_columns(columns, raw_types) -%}
    {%- set parsed = [] -%}
    {%- for column in columns if not column.meta.get('required') -%}
        {%- set is_text = 'char' in raw_types[column.name] | lower
            or raw_types[column.name] | lower == 'string' -%}
        {%- set is_number = column.data_type in ('number', 'integer', 'boolean') -%}
        {%- set has_rule = column.meta.get('default') is none
            and (column.meta.get('allowed') or column.meta.get('pattern')) is not none -%}
        {%- if has_rule or is_number or (is_text and column.data_type != 'text') -%}
            {%- do parsed.append(column) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(parsed) }}
{%- endmacro %}


{#
    Whether any optional value of a row cannot be read.
    Arguments: as of `parsed_columns`.
    Example: ignored_value_condition(columns, {'ended_at': 'VARCHAR'})
#}
{% macro ignored_value_condition(columns, raw_types) -%}
    {%- for column in parsed_columns(columns, raw_types) -%}
        {{ is_ignored(column) }}{{ ' or ' if not loop.last }}
    {%- else -%}
        false
    {%- endfor -%}
{%- endmacro %}


{#
    The values of a row that cannot be read, as an array of (column_name, value) with nulls.
    Arguments: as of `parsed_columns`.
    Example: ignored_values(columns, {'ended_at': 'VARCHAR'})
#}
{% macro ignored_values(columns, raw_types) -%}
    {%- set values = [] -%}
    {%- for column in parsed_columns(columns, raw_types) -%}
        {%- do values.append({
            'name': column.name, 'raw': 'raw_' ~ column.name, 'condition': is_ignored(column)
        }) -%}
    {%- endfor -%}
    {{ array_of_structs(values) }}
{%- endmacro %}


{# Whether the value of one column is there and cannot be read. Example: is_ignored(column) #}
{% macro is_ignored(column) -%}
    (text_{{ column.name }} is not null and {{ column.name }} is null)
{%- endmacro %}
