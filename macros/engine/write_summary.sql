{# Writes a mapping as one line of JSON to the file of environment variable ATTRIBUTION_SUMMARY,
   by default run_summary.json in dbt's target folder; where an engine has no files of its own,
   to the log. #}
{% macro write_summary(summary) -%}
    {{ return(adapter.dispatch('write_summary', 'assisted_conversions')(summary)) }}
{%- endmacro %}
{% macro duckdb__write_summary(summary) -%}
    {%- set path = env_var('ATTRIBUTION_SUMMARY', '')
        or (flags.TARGET_PATH or 'target') ~ '/run_summary.json' -%}
    {%- do run_query(
        "copy (select '" ~ (tojson(summary) | replace("'", "''")) ~ "' as summary) to '"
        ~ (path | replace("'", "''")) ~ "' (format csv, header false, quote '', escape '', delimiter '\x01')"
    ) -%}
{%- endmacro %}
{% macro default__write_summary(summary) -%}
    {%- do log('Run summary: ' ~ tojson(summary), info=true) -%}
{%- endmacro %}
