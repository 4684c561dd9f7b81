{#
    Finds the rows that a table's `is_changed` conditions leave, by their columns alone and each
    once, before a query reads anything else: as temporary tables found_rows_1 and so on. Returns
    the SQL that reads those. Conditions that do not come first after a table's name stay.
    Example: with_found_rows('select * from "db"."s"."t" where (true /*only x in (...)*/)')
#}
{% macro with_found_rows(code) -%}
    {{ return(adapter.dispatch('with_found_rows', 'assisted_conversions')(code)) }}
{%- endmacro %}

{% macro duckdb__with_found_rows(code) -%}
    {%- set only = '\(true /\*only .*?\*/\)' -%}
    {%- set conditional = (
        '("\w+"\."\w+"\."\w+")((?: as \w+)?)\s+where\s+(' ~ only ~ '(?:\s+and\s+' ~ only ~ ')*)'
    ) -%}
    {%- set rest = namespace(code=code) -%}
    {%- for match in modules.re.finditer(conditional, code, 16) | unique(attribute='0')
        if is_table(match.group(1)) -%}
        {%- set table = match.group(1) ~ match.group(2) -%}
        {%- set found = 'found_rows_' ~ loop.index -%}
        {% call statement('found_rows') -%}
            create or replace temporary table {{ found }} as
            select * from {{ table }}
            where rowid in (
                select rowid from {{ table }} where {{ changed_part(match.group(3), []) }}
            )
        {%- endcall %}
        {%- set rest.code = rest.code.replace(
            match.group(0), found ~ match.group(2) ~ ' where true'
        ) -%}
    {%- endfor -%}
    {{ return(rest.code) }}
{%- endmacro %}

{% macro default__with_found_rows(code) -%}
    {{ return(code) }}
{%- endmacro %}


{#
    Whether a relation is there, and is a table. Example: is_table('"db"."marts"."fct_touchpoints"')
#}
{% macro is_table(name) -%}
    {%- set parts = name.strip('"').split('"."') -%}
    {%- set relation = adapter.get_relation(parts[0], parts[1], parts[2]) -%}
    {{ return(relation is not none and relation.is_table) }}
{%- endmacro %}
