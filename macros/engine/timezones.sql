{#
    Time zone functions. Timestamps are UTC without a zone everywhere in the project.
#}

{#
    The calendar date of a UTC timestamp in the reporting time zone.
    Example: reporting_date('converted_at')
#}
{% macro reporting_date(timestamp) -%}
    cast({{ to_reporting_time(timestamp) }} as date)
{%- endmacro %}


{#
    A UTC timestamp as wall-clock time of the reporting time zone.
    Example: to_reporting_time('converted_at')
#}
{% macro to_reporting_time(timestamp) -%}
    {{ return(adapter.dispatch('to_reporting_time', 'assisted_conversions')(timestamp)) }}
{%- endmacro %}

{% macro duckdb__to_reporting_time(timestamp) -%}
    timezone('{{ setting("reporting_timezone") }}', timezone('UTC', {{ timestamp }}))
{%- endmacro %}

{% macro default__to_reporting_time(timestamp) -%}
    from_utc_timestamp({{ timestamp }}, '{{ setting("reporting_timezone") }}')
{%- endmacro %}


{#
    A wall-clock time of the reporting time zone as a UTC timestamp.
    Example: from_reporting_time('cast(conversion_date as timestamp)')
#}
{% macro from_reporting_time(timestamp) -%}
    {{ return(adapter.dispatch('from_reporting_time', 'assisted_conversions')(timestamp)) }}
{%- endmacro %}

{% macro duckdb__from_reporting_time(timestamp) -%}
    timezone('UTC', timezone('{{ setting("reporting_timezone") }}', {{ timestamp }}))
{%- endmacro %}

{% macro default__from_reporting_time(timestamp) -%}
    to_utc_timestamp({{ timestamp }}, '{{ setting("reporting_timezone") }}')
{%- endmacro %}


{#
    Whether the engine knows a time zone of this name. Returns a boolean.
    Example: timezone_exists('Europe/Berlin') -> true
#}
{% macro timezone_exists(name) -%}
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
