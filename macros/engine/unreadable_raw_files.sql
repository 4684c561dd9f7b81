{#
    What makes raw files unreadable, in words: a list. Parquet files tell it by themselves.
    Example: unreadable_raw_files() -> ['raw/sessions.csv: line 7 is not UTF-8 ...']
#}
{% macro unreadable_raw_files() -%}
    {{ return(adapter.dispatch('unreadable_raw_files', 'assisted_conversions')()) }}
{%- endmacro %}

{% macro default__unreadable_raw_files() -%}
    {{ return([]) }}
{%- endmacro %}

{% macro duckdb__unreadable_raw_files() -%}
    {%- set problems = [] -%}
    {%- for path in raw_files().values() | sum(start=[]) if (path | lower).endswith('.csv') -%}
        {%- set problem = run_query(
            "select csv_problem('" ~ path | replace("'", "''") ~ "')"
        ).columns[0].values()[0] -%}
        {%- if problem -%}
            {%- do problems.append('`' ~ path ~ '`: ' ~ problem) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(problems) }}
{%- endmacro %}
