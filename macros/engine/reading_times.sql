{# How raw values become timestamps. What cannot be read is null, never an error. #}

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
{# Elsewhere a raw value of any type is read by its text. #}
{% macro default__read_timestamp(raw, text, raw_type) -%}
    case
        when {{ regexp_full_match(text, iso_time_pattern()) }}
            or {{ regexp_full_match(text, iso_time_pattern(zone=' ?(UTC|Z|[+-][0-9]{2}(:?[0-9]{2})?)')) }}
            then {{ time_of_text(text) }}
        when {{ regexp_full_match(text, time_number_pattern()) }}
            then {{ time_of_digits(text) }}
    end
{%- endmacro %}

{# The time that a text says which fulfils `iso_time_pattern`, whatever forms of it a cast knows:
   that of its date and clock, less the offset from UTC. #}
{% macro time_of_text(text) -%}
    {%- set clock = "coalesce(nullif(substr(" ~ text ~ ", 12, 5), ''), '00:00')" -%}
    {%- set seconds = 'coalesce(' ~ regexp_first(
        text, "'^.{16}:([0-9]{2}(?:[.][0-9]{1,6})?)'", 1
    ) ~ ", '00')" -%}
    {%- set zone = 'substr(' ~ text ~ ', 17)' -%}
    {%- set hours = regexp_first(zone, "'([+-][0-9]{2}):?(?:[0-9]{2})?$'", 1) -%}
    {%- set minutes = regexp_first(zone, "'[+-][0-9]{2}:?([0-9]{2})$'", 1) -%}
    {%- set offset = 'coalesce(cast(' ~ hours ~ ' as bigint), 0) * 3600 + case when ' ~ hours
        ~ " like '-%' then -60 else 60 end * coalesce(cast(" ~ minutes ~ ' as bigint), 0)' -%}
    {{ add_seconds(
        try_cast_to('substr(' ~ text ~ ", 1, 10) || ' ' || " ~ clock ~ " || ':' || " ~ seconds, timestamp_type()),
        '-(' ~ offset ~ ')'
    ) }}
{%- endmacro %}

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
        cast(
            {{ try_cast_to('case when ' ~ raw ~ ' = trunc(' ~ raw ~ ') then ' ~ raw ~ ' end', 'decimal(20, 0)') }}
            as {{ dbt.type_string() }}
        )
    {%- else -%}
        {{ text }}
    {%- endif -%}
{%- endmacro %}

{# A timestamp without a zone, to the microsecond. #}
{% macro timestamp_type() -%}
    {{ return(adapter.dispatch('timestamp_type', 'assisted_conversions')()) }}
{%- endmacro %}
{% macro default__timestamp_type() -%} timestamp {%- endmacro %}

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
