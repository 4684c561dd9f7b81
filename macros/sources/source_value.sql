{# A column of a tool's table read as declared. Blank nested values are null, but they are not trimmed:
   events have many of them, and staging trims them anyway. Arguments: column, declared; stored, the
   adapter column, none where it is absent. #}
{% macro source_value(column, stored) -%}
    {%- set type = column.data_type -%}
    {%- if stored is none -%}
        {{ return('cast(null as ' ~ source_type(type) ~ ')') }}
    {%- elif type == 'any' -%}
        {{ return(adapter.quote(stored.name)) }}
    {%- elif type == 'json' -%}
        {{ return(json_source(adapter.quote(stored.name), stored.dtype)) }}
    {%- elif type == 'hex' and is_binary_type(stored.dtype | upper) -%}
        {{ return(binary_in_hex(adapter.quote(stored.name))) }}
    {%- endif -%}
    {%- if column_meta(column).get('within') -%}
        {%- set raw = {'value': 'nested_' ~ column.name, 'type': dbt.type_string() | upper} -%}
        {%- set text = 'nullif(' ~ raw.value ~ ", '')" -%}
    {%- else -%}
        {%- set raw = plain_value(adapter.quote(stored.name), stored.dtype) -%}
        {%- set text = trimmed_text(raw.value) -%}
    {%- endif -%}
    {%- if type in ('text', 'hex') -%}
        {{ return(text) }}
    {%- elif type == 'boolean' -%}
        {{ return(try_cast_to(text, 'boolean')) }}
    {%- elif type == 'timestamp' -%}
        {{ return(read_timestamp(raw.value, text, raw.type)) }}
    {%- elif type == 'date' -%}
        {{ return('cast(' ~ read_timestamp(raw.value, text, raw.type) ~ ' as date)') }}
    {%- endif -%}
    {%- set number = number_source(raw.value, text, raw.type) -%}
    {%- if type == 'number' -%}{{ return(read_number(number)) }}{%- endif -%}
    {{ return(try_cast_to(number, source_type(type))) }}
{%- endmacro %}

{# The engine's type for a declared one. Example: source_type('amount') -> decimal(18, 4) #}
{% macro source_type(data_type) -%}
    {{ return({
        'integer': dbt.type_bigint(), 'number': double_type(), 'amount': amount_type(),
        'boolean': 'boolean', 'date': 'date', 'timestamp': timestamp_type()
    }.get(data_type, dbt.type_string())) }}
{%- endmacro %}
