{# Durations and points in time, to the microsecond. #}

{#
    Seconds from one timestamp to another, with decimals.
    Example: seconds_between('started_at', 'ended_at')
#}
{% macro seconds_between(start, end) -%}
    {{ return(adapter.dispatch('seconds_between', 'assisted_conversions')(start, end)) }}
{%- endmacro %}

{% macro duckdb__seconds_between(start, end) -%}
    (epoch_us({{ end }}) - epoch_us({{ start }})) / 1e6
{%- endmacro %}

{% macro default__seconds_between(start, end) -%}
    (unix_micros({{ end }}) - unix_micros({{ start }})) / 1e6
{%- endmacro %}


{#
    Days of 24 hours from one timestamp to another, with decimals.
    Example: days_between('touched_at', 'converted_at')
#}
{% macro days_between(start, end) -%}
    {{ seconds_between(start, end) }} / 86400
{%- endmacro %}


{#
    A timestamp moved by a number of seconds, 30 years at the most.
    Example: add_seconds('started_at', 'engaged_seconds')
#}
{% macro add_seconds(timestamp, seconds) -%}
    {{ return(adapter.dispatch('add_seconds', 'assisted_conversions')(timestamp, seconds)) }}
{%- endmacro %}

{% macro duckdb__add_seconds(timestamp, seconds) -%}
    {{ timestamp }} + to_microseconds(cast(
        case when {{ seconds }} > 1e9 then 1e9 else {{ seconds }} end * 1e6 as bigint
    ))
{%- endmacro %}

{% macro default__add_seconds(timestamp, seconds) -%}
    timestamp_micros(unix_micros({{ timestamp }}) + cast(
        case when {{ seconds }} > 1e9 then 1e9 else {{ seconds }} end * 1e6 as bigint
    ))
{%- endmacro %}


{#
    A timestamp moved by a number of days of 24 hours.
    Example: add_days('converted_at', '-lookback_days')
#}
{% macro add_days(timestamp, days) -%}
    {{ return(adapter.dispatch('add_days', 'assisted_conversions')(timestamp, days)) }}
{%- endmacro %}

{% macro duckdb__add_days(timestamp, days) -%}
    {{ timestamp }} + to_hours(24 * ({{ days }}))
{%- endmacro %}

{% macro default__add_days(timestamp, days) -%}
    timestamp_micros(unix_micros({{ timestamp }}) + ({{ days }}) * 86400000000)
{%- endmacro %}
