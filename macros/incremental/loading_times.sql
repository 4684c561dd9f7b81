{# When raw rows were loaded. #}

{#
    The day of loading of a raw row, by its `loaded_at`, else by its own time. Raw tables without
    meta `loaded_by` are small and have one day for all.
    Arguments: declaration, of `raw_declaration`; found, of `found_columns`.
    Example: loaded_on(raw_declaration('sessions'), found)
#}
{% macro loaded_on(declaration, found) -%}
    cast(coalesce(
        {%- for timestamp in loading_times(declaration, found) %}
        {{ timestamp }},
        {%- endfor %}
        timestamp '1970-01-01'
    ) as date)
{%- endmacro %}


{#
    A condition that holds for all raw rows; in a partial rebuild, for those that may be of the
    first changed day or later. On the raw column alone, so that the engine skips what lies before
    without reading it. A row whose `loaded_at` is no time goes by another one, and stays.
    Arguments: as of `loaded_on`.
    Example: loaded_since_first_change(raw_declaration('sessions'), found)
#}
{% macro loaded_since_first_change(declaration, found) -%}
    {%- set column = found.get(declaration.loaded_by[0]) -%}
    {%- if column and column.dtype | upper == 'TIMESTAMP' -%}
        {%- set raw = adapter.quote(column.name) -%}
        (true /*only {{ raw }} >= '[first changed key]' or {{ raw }} is null or {{ raw }} = '-infinity'*/)
    {%- else -%}
        true
    {%- endif -%}
{%- endmacro %}


{#
    The times that may say when a raw row was loaded, the best first. Returns a list of expressions.
    Arguments: as of `loaded_on`.
    Example: loading_times(raw_declaration('sessions'), found)
#}
{% macro loading_times(declaration, found) -%}
    {%- set times = [] -%}
    {%- for name in declaration.loaded_by if name in found -%}
        {%- set raw = adapter.quote(found[name].name) -%}
        {%- do times.append(read_timestamp(raw, trimmed_text(raw), found[name].dtype)) -%}
    {%- endfor -%}
    {{ return(times) }}
{%- endmacro %}
