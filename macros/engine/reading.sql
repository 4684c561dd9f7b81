{# How raw values become typed ones: null, never an error, where they cannot be read. #}

{#
    A cast that gives null where the value does not fit.
    Example: try_cast_to('page_views', 'bigint')
#}
{% macro try_cast_to(expression, type) -%}
    {{ return(adapter.dispatch('try_cast_to', 'assisted_conversions')(expression, type)) }}
{%- endmacro %}

{% macro default__try_cast_to(expression, type) -%}
    try_cast({{ expression }} as {{ type }})
{%- endmacro %}


{#
    A finite number as double; null for nan, inf and what is no number.
    Example: read_number('raw_engaged_seconds')
#}
{% macro read_number(expression) -%}
    {%- set number = try_cast_to(expression, 'double') -%}
    case when abs({{ number }}) < 1e300 then {{ number }} end
{%- endmacro %}


{#
    A UTC timestamp without a zone. Text must be ISO: a date, or a date and a time with `T` or a
    space, up to 6 decimals, `Z` or an offset. A value with a zone is converted, one without is UTC.
    Arguments: raw, the raw value; text, the same as trimmed text; raw_type, the raw value's type
    on the engine.
    Example: read_timestamp('raw_started_at', 'text_started_at', 'VARCHAR')
#}
{% macro read_timestamp(raw, text, raw_type) -%}
    {{ return(adapter.dispatch('read_timestamp', 'assisted_conversions')(raw, text, raw_type)) }}
{%- endmacro %}

{% macro duckdb__read_timestamp(raw, text, raw_type) -%}
    {%- set type = raw_type | upper -%}
    {%- if 'TIME ZONE' in type -%}
        case when isfinite({{ raw }}) then timezone('UTC', {{ raw }}) end
    {%- elif type.startswith('TIMESTAMP') or type == 'DATE' -%}
        case when isfinite({{ raw }}) then cast({{ raw }} as timestamp) end
    {%- else -%}
        case
            when {{ regexp_full_match(text, quoted_list([iso_timestamp_pattern()])) }}
                then timezone('UTC', try_cast({{ text }} as timestamptz))
        end
    {%- endif -%}
{%- endmacro %}

{% macro default__read_timestamp(raw, text, raw_type) -%}
    case
        when {{ regexp_full_match(text, quoted_list([iso_timestamp_pattern()])) }}
            then try_cast({{ text }} as timestamp)
    end
{%- endmacro %}

{#
    The texts that count as timestamps.
    Example: iso_timestamp_pattern()
#}
{% macro iso_timestamp_pattern() -%}
    {%- set time = '([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,6})?)?' -%}
    {%- set zone = '(Z|[+-]\d{2}(:?\d{2})?)' -%}
    {{ return('\d{4}-\d{2}-\d{2}([T ]' ~ time ~ zone ~ '?)?') }}
{%- endmacro %}
