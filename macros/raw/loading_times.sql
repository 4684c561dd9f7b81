{# The times that may say when a raw row was loaded, the best first. Returns a list of
   expressions. Arguments: declaration, of `raw_declaration`; found, of `found_columns`.
   Example: loading_times(raw_declaration('sessions'), found) #}
{% macro loading_times(declaration, found) -%}
    {%- set times = [] -%}
    {%- for name in declaration.loaded_by if name in found -%}
        {%- set raw = plain_value(adapter.quote(found[name].name), found[name].dtype) -%}
        {%- do times.append(read_timestamp(raw.value, trimmed_text(raw.value), raw.type)) -%}
    {%- endfor -%}
    {{ return(times) }}
{%- endmacro %}

{# The day of loading of a raw row, by its `loaded_at`, else by its own time. Arguments: as of
   `loading_times`. Example: loaded_on(raw_declaration('sessions'), found) #}
{% macro loaded_on(declaration, found) -%}
    cast(coalesce(
        {{ (loading_times(declaration, found) + ["timestamp '1970-01-01'"]) | join(',\n        ') }}
    ) as date)
{%- endmacro %}

{# The query of a raw table's days of loading, each with a checksum of its rows over all declared
   columns. It finds what a watermark would miss: rows that arrive late under an old `loaded_at`,
   are changed in place or taken away. Arguments: relation, the raw table; table, its declared
   name. Example: days_of_loading(raw_relation('sessions'), 'sessions') #}
{% macro days_of_loading(relation, table) -%}
    {%- if not execute -%}{{ return('select 1') }}{%- endif -%}
    {%- set declaration = raw_declaration(table) -%}
    {%- set found = found_columns(declaration, relation) -%}
    {%- set columns = [] -%}
    {%- for column in declaration.columns if column.name in found -%}
        {%- do columns.append(adapter.quote(found[column.name].name)) -%}
    {%- endfor -%}
    select
        {{ loaded_on(declaration, found) }} as loaded_on,
        {{ rows_checksum(["'" ~ (columns | join(' ')) ~ "'"] + columns) }} as checksum
    from {{ relation }}
    group by 1
{%- endmacro %}

{# A condition that raw rows of changed days fulfil, on the raw column alone, so that the engine
   skips files and row groups of earlier days without reading them. A row whose `loaded_at` is
   empty goes by another time, and stays. Arguments: relation, a base model with raw_loaded_at.
   Example: where {{ may_be_of_changed_day(ref('assisted_conversions', 'base_sessions')) }} #}
{% macro may_be_of_changed_day(relation) -%}
    {%- if not builds_in_part() -%}{{ return('true') }}{%- endif -%}
    {%- set first_day = run_query(
        'select min(loaded_on) from ' ~ changed_keys('loaded_on') ~ ' as changed_days'
    ).rows[0][0] -%}
    {%- if first_day is none -%}{{ return('false') }}{%- endif -%}
    {%- for column in adapter.get_columns_in_relation(relation)
        if column.name == 'raw_loaded_at' and column.dtype | upper == 'TIMESTAMP' -%}
        {{ return(
            "(raw_loaded_at >= '" ~ first_day ~ "' or raw_loaded_at is null "
            ~ "or raw_loaded_at = '-infinity')"
        ) }}
    {%- endfor -%}
    {{ return('true') }}
{%- endmacro %}
