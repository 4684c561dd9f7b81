{# How raw values become typed ones. What cannot be read is null, never an error. #}

{# A cast that is null where the value does not fit. Example: try_cast_to('page_views', 'bigint') #}
{% macro try_cast_to(expression, type) -%}
    {{ return(adapter.dispatch('try_cast_to', 'assisted_conversions')(expression, type)) }}
{%- endmacro %}
{% macro duckdb__try_cast_to(expression, type) -%}
    try_cast({{ expression }} as {{ type }})
{%- endmacro %}
{% macro spark__try_cast_to(expression, type) -%} {{ duckdb__try_cast_to(expression, type) }} {%- endmacro %}
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

{# Whether a type, in capital letters, is one of numbers; of text. #}
{% macro is_number_type(type) -%}
    {{ return(
        type.split('(')[0] in [
            'TINYINT', 'SMALLINT', 'INTEGER', 'INT', 'BIGINT', 'HUGEINT', 'UTINYINT', 'USMALLINT',
            'UINTEGER', 'UBIGINT', 'UHUGEINT', 'DECIMAL', 'NUMERIC', 'FLOAT', 'REAL', 'DOUBLE'
        ]
    ) }}
{%- endmacro %}
{% macro is_text_type(type) -%}
    {{ return('CHAR' in type or type in ['STRING', 'TEXT']) }}
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

{# A finite number as double; null for nan and inf. Example: read_number('raw_engaged_seconds') #}
{% macro read_number(expression) -%}
    {%- set number = try_cast_to(expression, 'double') -%}
    case when abs({{ number }}) < 1e300 then {{ number }} end
{%- endmacro %}

{# A UTC timestamp without a zone. Text must be ISO: a date, or a date and a time with `T` or a
   space, up to 9 decimals, which are cut to 6, then `Z`, ` UTC` or an offset. A value with a zone
   is converted, one without is UTC. Eight digits are a date. Other whole numbers, also written as
   1777626000.0, count seconds, milli-, micro- or nanoseconds since 1970, as their length says.
   Arguments: raw, the raw value; text, the same as trimmed text; raw_type, the raw value's type.
   Example: read_timestamp('raw_started_at', 'text_started_at', 'VARCHAR') #}
{% macro read_timestamp(raw, text, raw_type) -%}
    {{ return(adapter.dispatch('read_timestamp', 'assisted_conversions')(raw, text, raw_type)) }}
{%- endmacro %}
{# DuckDB ignores an offset in a cast to timestamp, reads none as the session's time zone, and
   takes no space before an offset. #}
{% macro duckdb__read_timestamp(raw, text, raw_type) -%}
    {%- set type = raw_type | upper -%}
    {%- if type in ['TIMESTAMP', 'DATE'] -%}
        case when isfinite({{ raw }}) then try_cast({{ raw }} as timestamp) end
    {%- elif is_number_type(type) -%}
        case
            when {{ regexp_full_match(whole_number_text(raw, text, type), time_number_pattern()) }}
                then {{ time_of_digits(whole_number_text(raw, text, type)) }}
        end
    {%- else -%}
        case
            when {{ regexp_full_match(text, iso_time_pattern()) }}
                then try_cast({{ text }} as timestamp)
            when {{ regexp_full_match(text, iso_time_pattern(zone='(Z|[+-][0-9]{2}(:?[0-9]{2})?)')) }}
                then timezone('UTC', try_cast({{ text }} as timestamptz))
            when {{ regexp_full_match(text, iso_time_pattern(zone=' ?(UTC|Z|[+-][0-9]{2}(:?[0-9]{2})?)')) }}
                then timezone('UTC', try_cast(
                    left({{ text }}, 10) || 'T'
                    || replace(replace(substr({{ text }}, 12), ' ', ''), 'UTC', 'Z') as timestamptz
                ))
            when {{ regexp_full_match(text, time_number_pattern()) }}
                then {{ time_of_digits(text) }}
        end
    {%- endif -%}
{%- endmacro %}
{% macro spark__read_timestamp(raw, text, raw_type) -%}
    case
        when {{ regexp_full_match(text, iso_time_pattern()) }}
            or {{ regexp_full_match(text, iso_time_pattern(zone=' ?(UTC|Z|[+-][0-9]{2}(:?[0-9]{2})?)')) }}
            then try_cast({{ text }} as timestamp)
        when {{ regexp_full_match(text, time_number_pattern()) }}
            then {{ time_of_digits(text) }}
    end
{%- endmacro %}
{% macro default__read_timestamp() -%} {{ not_supported('read_timestamp', varargs) }} {%- endmacro %}

{# The texts that are dates or times, as a pattern: those without a zone, or times with one. #}
{% macro iso_time_pattern(zone=none) -%}
    {%- set date = '[0-9]{4}-[0-9]{2}-[0-9]{2}' -%}
    {%- set time = '[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,9})?)?' -%}
    '{{ date ~ time ~ zone if zone else date ~ '(' ~ time ~ ')?' }}'
{%- endmacro %}

{# The texts that are a date or a time as a whole number, as a pattern. #}
{% macro time_number_pattern() -%} '([0-9]{8,10}|[0-9]{12,13}|[0-9]{15,16}|[0-9]{18,19})([.]0*)?' {%- endmacro %}

{# The digits of a number, which a double beyond 1e15 does not show as text. #}
{% macro whole_number_text(raw, text, type) -%}
    {%- if type in ['DOUBLE', 'FLOAT', 'REAL'] -%}
        case when {{ raw }} = trunc({{ raw }}) then cast(try_cast({{ raw }} as hugeint) as varchar) end
    {%- else -%}
        {{ text }}
    {%- endif -%}
{%- endmacro %}

{# The time that a whole number says, a text that fulfils `time_number_pattern`. #}
{% macro time_of_digits(text) -%}
    {{ return(adapter.dispatch('time_of_digits', 'assisted_conversions')(text)) }}
{%- endmacro %}
{% macro duckdb__time_of_digits(text) -%}
    {%- set digits = "split_part(" ~ text ~ ", '.', 1)" -%}
    case
        when length({{ digits }}) = 8 then try_strptime({{ digits }}, '%Y%m%d')
        when length({{ digits }}) <= 10 then make_timestamp(cast({{ digits }} as bigint) * 1000000)
        when length({{ digits }}) <= 13 then make_timestamp(cast({{ digits }} as bigint) * 1000)
        when length({{ digits }}) <= 16 then make_timestamp(cast({{ digits }} as bigint))
        else make_timestamp(cast(left({{ digits }}, -3) as bigint))
    end
{%- endmacro %}
{% macro spark__time_of_digits(text) -%}
    {%- set digits = "split_part(" ~ text ~ ", '[.]', 1)" -%}
    case
        when length({{ digits }}) = 8 then try_to_timestamp({{ digits }}, 'yyyyMMdd')
        when length({{ digits }}) <= 10 then timestamp_micros(cast({{ digits }} as bigint) * 1000000)
        when length({{ digits }}) <= 13 then timestamp_micros(cast({{ digits }} as bigint) * 1000)
        when length({{ digits }}) <= 16 then timestamp_micros(cast({{ digits }} as bigint))
        else timestamp_micros(cast(left({{ digits }}, length({{ digits }}) - 3) as bigint))
    end
{%- endmacro %}
{% macro default__time_of_digits() -%} {{ not_supported('time_of_digits', varargs) }} {%- endmacro %}

{# Whether a raw value is a date without a time. Arguments as of `read_timestamp`. #}
{% macro is_date_alone(raw, text, raw_type) -%}
    {%- set type = raw_type | upper -%}
    {%- if type == 'DATE' -%}
        {{ raw }} is not null
    {%- elif type.startswith('TIMESTAMP') -%}
        false
    {%- else -%}
        {{ regexp_full_match(
            whole_number_text(raw, text, type), "'[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{8}([.]0*)?'"
        ) }}
    {%- endif -%}
{%- endmacro %}
