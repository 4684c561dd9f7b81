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

{# A finite number as double; null for nan and inf. Example: read_number('raw_engaged_seconds') #}
{% macro read_number(expression) -%}
    {%- set number = try_cast_to(expression, 'double') -%}
    case when abs({{ number }}) < 1e300 then {{ number }} end
{%- endmacro %}

{# A UTC timestamp without a zone. Text must be ISO: a date, or a date and a time with `T` or a
   space, up to 6 decimals, `Z` or an offset. A value with a zone is converted, one without is
   UTC. Arguments: raw, the raw value; text, the same as trimmed text; raw_type, the raw column's
   type. Example: read_timestamp('raw_started_at', 'text_started_at', 'VARCHAR') #}
{% macro read_timestamp(raw, text, raw_type) -%}
    {{ return(adapter.dispatch('read_timestamp', 'assisted_conversions')(raw, text, raw_type)) }}
{%- endmacro %}
{# DuckDB ignores an offset in a cast to timestamp, and reads none as the session's time zone. #}
{% macro duckdb__read_timestamp(raw, text, raw_type) -%}
    {%- set type = raw_type | upper -%}
    {%- if 'TIME ZONE' in type -%}
        case when isfinite({{ raw }}) then timezone('UTC', {{ raw }}) end
    {%- elif type.startswith('TIMESTAMP') or type == 'DATE' -%}
        case when isfinite({{ raw }}) then cast({{ raw }} as timestamp) end
    {%- else -%}
        case
            when {{ regexp_full_match(text, iso_time_pattern()) }}
                then try_cast({{ text }} as timestamp)
            when {{ regexp_full_match(text, iso_time_pattern(with_zone=true)) }}
                then timezone('UTC', try_cast({{ text }} as timestamptz))
        end
    {%- endif -%}
{%- endmacro %}
{% macro spark__read_timestamp(raw, text, raw_type) -%}
    case
        when {{ regexp_full_match(text, iso_time_pattern()) }}
            or {{ regexp_full_match(text, iso_time_pattern(with_zone=true)) }}
            then try_cast({{ text }} as timestamp)
    end
{%- endmacro %}
{% macro default__read_timestamp() -%} {{ not_supported('read_timestamp', varargs) }} {%- endmacro %}

{# The texts that are dates or times, as a pattern: those without a zone, or times with one. #}
{% macro iso_time_pattern(with_zone=false) -%}
    {%- set date = '[0-9]{4}-[0-9]{2}-[0-9]{2}' -%}
    {%- set time = '[T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?' -%}
    {%- set zone = '(Z|[+-][0-9]{2}(:?[0-9]{2})?)' -%}
    '{{ date ~ time ~ zone if with_zone else date ~ '(' ~ time ~ ')?' }}'
{%- endmacro %}
