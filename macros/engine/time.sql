{# Durations, points in time and time zones. Timestamps are UTC, without a zone. #}

{# Seconds from one timestamp to another, with decimals.
   Example: seconds_between('started_at', 'ended_at') #}
{% macro seconds_between(start, end) -%}
    {{ return(adapter.dispatch('seconds_between', 'assisted_conversions')(start, end)) }}
{%- endmacro %}
{% macro duckdb__seconds_between(start, end) -%}
    (epoch_us({{ end }}) - epoch_us({{ start }})) / 1e6
{%- endmacro %}
{% macro default__seconds_between() -%} {{ not_supported('seconds_between', varargs) }} {%- endmacro %}

{# Days of 24 hours, with decimals. Example: days_between('touched_at', 'converted_at') #}
{% macro days_between(start, end) -%} {{ seconds_between(start, end) }} / 86400 {%- endmacro %}

{# A timestamp moved by a number of seconds, at most 1e9 (30 years).
   Example: add_seconds('started_at', 'engaged_seconds') #}
{% macro add_seconds(timestamp, seconds) -%}
    {{ return(adapter.dispatch('add_seconds', 'assisted_conversions')(timestamp, seconds)) }}
{%- endmacro %}
{% macro duckdb__add_seconds(timestamp, seconds) -%}
    {{ timestamp }} + to_microseconds(cast(
        case when {{ seconds }} > 1e9 then 1e9 else {{ seconds }} end * 1e6 as bigint
    ))
{%- endmacro %}
{% macro default__add_seconds() -%} {{ not_supported('add_seconds', varargs) }} {%- endmacro %}

{# A timestamp moved by a number of days of 24 hours.
   Example: add_days('converted_at', '-lookback_days') #}
{% macro add_days(timestamp, days) -%}
    {{ return(adapter.dispatch('add_days', 'assisted_conversions')(timestamp, days)) }}
{%- endmacro %}
{% macro default__add_days(timestamp, days) -%}
    {{ dbt.dateadd('day', days, timestamp) }}
{%- endmacro %}

{# A date moved by a number of days or months. Example: later_date('starts_on', 1, 'month') #}
{% macro later_date(date, number, unit='day') -%}
    {{ return(adapter.dispatch('later_date', 'assisted_conversions')(date, number, unit)) }}
{%- endmacro %}
{% macro default__later_date(date, number, unit) -%}
    cast({{ dbt.dateadd(unit, number, date) }} as date)
{%- endmacro %}

{# The days from one date to another. Example: days_from("date '2000-01-01'", 'conversion_date') #}
{% macro days_from(start, end) -%}
    {{ return(adapter.dispatch('days_from', 'assisted_conversions')(start, end)) }}
{%- endmacro %}
{% macro default__days_from(start, end) -%} {{ dbt.datediff(start, end, 'day') }} {%- endmacro %}

{# The date of a UTC timestamp in the reporting time zone. Example:
   reporting_date('converted_at') #}
{% macro reporting_date(timestamp) -%}
    cast({{ to_reporting_time(timestamp) }} as date)
{%- endmacro %}

{# A UTC timestamp as wall-clock time of the reporting time zone.
   Example: to_reporting_time('converted_at') #}
{% macro to_reporting_time(timestamp) -%}
    {{ to_local_time(timestamp, setting('reporting_timezone')) }}
{%- endmacro %}

{# A wall-clock time of the reporting time zone as a UTC timestamp.
   Example: from_reporting_time('cast(conversion_date as timestamp)') #}
{% macro from_reporting_time(timestamp) -%}
    {{ from_local_time(timestamp, setting('reporting_timezone')) }}
{%- endmacro %}

{# A UTC timestamp as wall-clock time of a time zone.
   Example: to_local_time('started_at', 'Europe/Berlin') #}
{% macro to_local_time(timestamp, time_zone) -%}
    {{ return(adapter.dispatch('to_local_time', 'assisted_conversions')(timestamp, time_zone)) }}
{%- endmacro %}
{% macro duckdb__to_local_time(timestamp, time_zone) -%}
    {{ timestamp if time_zone == 'UTC' else "timezone('" ~ time_zone ~ "', timezone('UTC', " ~ timestamp ~ "))" }}
{%- endmacro %}
{% macro default__to_local_time() -%} {{ not_supported('to_local_time', varargs) }} {%- endmacro %}

{# A wall-clock time of a time zone as a UTC timestamp: the first one where the clock shows that time
   twice; where it skips that time, the moment at which the clock jumps or later.
   Example: from_local_time('order_time', 'Europe/Berlin') #}
{% macro from_local_time(timestamp, time_zone) -%}
    {{ return(adapter.dispatch('from_local_time', 'assisted_conversions')(timestamp, time_zone)) }}
{%- endmacro %}
{# DuckDB takes the last of two; the first one is told by the offset from UTC of the day before. #}
{% macro duckdb__from_local_time(timestamp, time_zone) -%}
    {%- set last = "timezone('UTC', timezone('" ~ time_zone ~ "', " ~ timestamp ~ '))' -%}
    {%- set day_before = last ~ " - interval '1 day'" -%}
    {%- set first = timestamp ~ ' - (' ~ to_local_time(day_before, time_zone) ~ ' - (' ~ day_before ~ '))' -%}
    case
        when {{ to_local_time(first, time_zone) }} = {{ timestamp }} then least({{ first }}, {{ last }})
        else {{ last }}
    end
{%- endmacro %}
{% macro default__from_local_time() -%} {{ not_supported('from_local_time', varargs) }} {%- endmacro %}

{# The last microsecond of a day in the reporting time zone, as a UTC timestamp. Arguments: day,
   an expression of the day's midnight. Example: end_of_reporting_day("timestamp '2026-05-03'") #}
{% macro end_of_reporting_day(day) -%}
    {{ add_seconds(from_reporting_time(add_days(day, 1)), '-0.000001') }}
{%- endmacro %}

{# Whether a time zone of this name is known. Returns a boolean.
   Example: timezone_exists('Europe/Berlin') -> true #}
{% macro timezone_exists(name) -%}
    {%- if is_offline() -%}{{ return(default__timezone_exists(name)) }}{%- endif -%}
    {{ return(adapter.dispatch('timezone_exists', 'assisted_conversions')(name)) }}
{%- endmacro %}
{% macro duckdb__timezone_exists(name) -%}
    {%- set rows = run_query(
        "select count(*) from pg_timezone_names() where lower(name) = lower('" ~ name ~ "')"
    ) -%}
    {{ return(rows.rows[0][0] > 0) }}
{%- endmacro %}
{% macro default__timezone_exists(name) -%}
    {{ return(name in modules.pytz.all_timezones_set) }}
{%- endmacro %}
