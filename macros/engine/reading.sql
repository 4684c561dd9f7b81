{# How raw values become typed ones. What cannot be read is null, never an error. #}

{# A cast that is null where the value does not fit. Example: try_cast_to('page_views', 'bigint') #}
{% macro try_cast_to(expression, type) -%}
    {{ return(adapter.dispatch('try_cast_to', 'assisted_conversions')(expression, type)) }}
{%- endmacro %}
{% macro duckdb__try_cast_to(expression, type) -%}
    try_cast({{ expression }} as {{ type }})
{%- endmacro %}
{% macro default__try_cast_to() -%} {{ not_supported('try_cast_to', varargs) }} {%- endmacro %}

{# A raw column as one of the types that staging reads: text, numbers, booleans, dates, and
   timestamps in UTC without a zone. Anything else becomes text: lists and structs as they print,
   binary values as what they hold. Returns a mapping of value, an expression, and type. Arguments:
   expression; raw_type, the column's type.
   Example: plain_value('"at"', 'TIMESTAMP WITH TIME ZONE').type -> TIMESTAMP #}
{% macro plain_value(expression, raw_type) -%}
    {{ return(adapter.dispatch('plain_value', 'assisted_conversions')(expression, raw_type)) }}
{%- endmacro %}
{% macro duckdb__plain_value(expression, raw_type) -%}
    {%- set type = raw_type | upper -%}
    {%- if type.startswith('TIMESTAMP') and ('TIME ZONE' in type or 'TZ' in type) -%}
        {{ return({
            'value': "cast(timezone('UTC', " ~ expression ~ ') as timestamp)', 'type': 'TIMESTAMP'
        }) }}
    {%- elif type.startswith('TIMESTAMP_') -%}
        {{ return({'value': 'cast(' ~ expression ~ ' as timestamp)', 'type': 'TIMESTAMP'}) }}
    {%- elif type == 'BLOB' -%}
        {{ return({'value': binary_text(expression), 'type': 'VARCHAR'}) }}
    {%- elif type in ['VARCHAR', 'TIMESTAMP', 'DATE', 'BOOLEAN'] or is_number_type(type) -%}
        {{ return({'value': expression, 'type': type}) }}
    {%- endif -%}
    {{ return({'value': 'cast(' ~ expression ~ ' as varchar)', 'type': 'VARCHAR'}) }}
{%- endmacro %}
{% macro default__plain_value(expression, raw_type) -%}
    {{ return({'value': expression, 'type': raw_type | upper}) }}
{%- endmacro %}

{# The text in a binary value: of 16 bytes that are a UUID its text, else the text that the bytes
   spell in UTF-8, else the bytes in hexadecimal. #}
{% macro binary_text(bytes) -%}
    case
        when octet_length({{ bytes }}) = 16
            and (
                regexp_full_match(hex({{ bytes }}), '.{12}[1-8].{3}[89AB].{15}')
                or try(decode({{ bytes }})) is null
            )
            then cast(try_cast(hex({{ bytes }}) as uuid) as varchar)
        else coalesce(try(decode({{ bytes }})), lower(hex({{ bytes }})))
    end
{%- endmacro %}

{# A binary value in hexadecimal, in lower case. Example: binary_in_hex('idvisitor') -> 1d5bd5b1a85d9e45 #}
{% macro binary_in_hex(bytes) -%}
    {{ return(adapter.dispatch('binary_in_hex', 'assisted_conversions')(bytes)) }}
{%- endmacro %}
{% macro duckdb__binary_in_hex(bytes) -%} lower(hex({{ bytes }})) {%- endmacro %}
{% macro default__binary_in_hex() -%} {{ not_supported('binary_in_hex', varargs) }} {%- endmacro %}

{# Whether a type, in capital letters, is one of numbers; of those that may have decimals; of text; of
   bytes. #}
{% macro is_number_type(type) -%}
    {{ return(may_have_decimals(type) or type in [
        'TINYINT', 'SMALLINT', 'INTEGER', 'INT', 'BIGINT', 'HUGEINT', 'UTINYINT', 'USMALLINT',
        'UINTEGER', 'UBIGINT', 'UHUGEINT'
    ]) }}
{%- endmacro %}
{% macro may_have_decimals(type) -%}
    {{ return(type.split('(')[0] in [
        'FLOAT', 'REAL', 'DOUBLE', 'DOUBLE PRECISION', 'FLOAT4', 'FLOAT8', 'FLOAT64', 'DECIMAL',
        'NUMERIC', 'NUMBER', 'BIGNUMERIC'
    ]) }}
{%- endmacro %}
{% macro is_text_type(type) -%}
    {{ return('CHAR' in type or type in ['STRING', 'TEXT']) }}
{%- endmacro %}
{% macro is_binary_type(type) -%}
    {{ return(type.split('(')[0] in ['BLOB', 'BINARY', 'VARBINARY', 'BYTES', 'BYTEA', 'VARBYTE']) }}
{%- endmacro %}

{# A raw value for a cast to a number: text trimmed, and without what only DuckDB takes for a
   number, as 1_000 and 0x1F. Arguments: raw, text and raw_type as of `read_timestamp`. #}
{% macro number_source(raw, text, raw_type) -%}
    {%- if is_text_type(raw_type | upper) -%}
        case when not {{ regexp_contains(text, "'[_xXbB]'") }} then {{ text }} end
    {%- else -%}
        {{ raw }}
    {%- endif -%}
{%- endmacro %}

{# The text of a number that a text column holds: a whole one without decimals. pandas, for one, writes
   whole numbers with gaps as floating point. Example: text_of_number('user_id') -> 880002 #}
{% macro text_of_number(number) -%}
    case
        when {{ number }} = floor({{ number }}) and abs({{ number }}) < 1e18
            then cast(cast({{ number }} as bigint) as {{ dbt.type_string() }})
        else cast({{ number }} as {{ dbt.type_string() }})
    end
{%- endmacro %}

{# A finite number as double; null for nan and inf. Example: read_number('raw_engaged_seconds') #}
{% macro read_number(expression) -%}
    {%- set number = try_cast_to(expression, double_type()) -%}
    case when abs({{ number }}) < 1e300 then {{ number }} end
{%- endmacro %}
