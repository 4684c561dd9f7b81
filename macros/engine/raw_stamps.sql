{#
    What says, without reading its rows, that a raw table is the one that was compared last: a
    mapping of table to a text, without those that need a look.
    Arguments: queries, a mapping of table to the query by which it is compared.
    Example: raw_stamps({'sessions': 'select ...'})
#}
{% macro raw_stamps(queries) -%}
    {{ return(adapter.dispatch('raw_stamps', 'assisted_conversions')(queries)) }}
{%- endmacro %}

{% macro default__raw_stamps(queries) -%}
    {{ return({}) }}
{%- endmacro %}

{#
    Path, size and time of last change, with the query and the engine whose hashes it takes. The
    time is in whole seconds: of a file that changed just now a later change might not show.
#}
{% macro duckdb__raw_stamps(queries) -%}
    {%- set stamps = {} -%}
    {%- for table, files in raw_files().items() if table in queries -%}
        {%- set row = run_query(
            "select filename || ' ' || size || ' ' || last_modified || ' ' || " ~ engine_version()
            ~ ", last_modified < now() - interval 3 seconds from read_blob('"
            ~ files[0] | replace("'", "''") ~ "')"
        ).rows[0] -%}
        {%- if row[1] -%}
            {%- do stamps.update({table: row[0] ~ ' ' ~ local_md5(queries[table])}) -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(stamps) }}
{%- endmacro %}
