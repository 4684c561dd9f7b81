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

{# The part of its table that a raw row belongs to, as text: the file, in a folder of files; else
   the day of loading, by its `loaded_at`, else by its own time. Runs read again whole parts.
   Arguments: as of `loading_times`. Example: raw_part(raw_declaration('sessions'), found) #}
{% macro raw_part(declaration, found) -%}
    {%- if is_raw_folder(declaration.name) -%}
        {{ return('raw_part' if found else 'cast(null as ' ~ dbt.type_string() ~ ')') }}
    {%- endif -%}
    cast(cast(coalesce(
        {{ (loading_times(declaration, found) + ["timestamp '1970-01-01'"]) | join(',\n        ') }}
    ) as date) as {{ dbt.type_string() }})
{%- endmacro %}

{# The query of a raw table's parts, each with a checksum. Of a file that is its size and time of
   change, so that no file is opened. Of a day it is that of its rows over all declared columns: it
   finds what a watermark would miss, rows that arrive late under an old `loaded_at`, are changed in
   place or taken away. Arguments: relation, the raw table; table, its declared name.
   Example: parts_of_raw_table(raw_relation('sessions'), 'sessions') #}
{% macro parts_of_raw_table(relation, table) -%}
    {%- if not execute -%}{{ return('select 1') }}{%- endif -%}
    {%- if is_raw_folder(table) -%}
    select
        file as raw_part,
        {{ row_hash(['size', 'modified_us', 'description']) }} as checksum
    from {{ own_relation('run_log', 'known_raw_files') }}
    where table_name = '{{ table }}'
    {%- else -%}
    {%- set declaration = raw_declaration(table) -%}
    {%- set found = found_columns(declaration, relation) -%}
    {%- set columns = [] -%}
    {%- for column in declaration.columns if column.name in found -%}
        {%- do columns.append(adapter.quote(found[column.name].name)) -%}
    {%- endfor -%}
    select
        {{ raw_part(declaration, found) | indent(4) }} as raw_part,
        {{ rows_checksum(["'" ~ (columns | join(' ')) ~ "'"] + columns) }} as checksum
    from {{ relation }}
    group by 1
    {%- endif -%}
{%- endmacro %}

{# Whether the files of a folder are read by the incremental model itself, and not by a view: the view
   would open all files, or be that of an earlier run where a selection leaves it out. #}
{% macro reads_files_itself(table) -%}
    {{ return(
        execute and model.resource_type != 'unit_test' and not flags.EMPTY and not flags.SAMPLE
        and raw_declaration(table).read_in_part and is_raw_folder(table)
    ) }}
{%- endmacro %}

{# What the base model of a table that is read in part reads: the raw table, or nothing where the
   incremental model reads the files itself. Example: raw_rows('sessions') #}
{% macro raw_rows(table) -%}
    {%- set relation = raw_relation(table) -%}
    {{ return('' if reads_files_itself(table) else relation) }}
{%- endmacro %}

{# The rows of the files of a folder that an incremental model reads itself, as declared, as a
   relation: of all files in a full build, else of the changed ones. None where it reads a view.
   Example: rows_of_files('sessions') #}
{% macro rows_of_files(table) -%}
    {%- if not reads_files_itself(table) -%}{{ return(none) }}{%- endif -%}
    {%- set files = noted_raw_files(
        table, 'file in ' ~ changed_keys('raw_part') if builds_in_part() else 'true'
    ) -%}
    {%- set query = '(' ~ files_query(raw_declaration(table), files) ~ ')' if files else '' -%}
    {%- set rows = read_raw_rows(
        query, table, stored_rule('junk_ids'), 'reject_reason is not null'
    ) -%}
    {{ return('(' ~ rows ~ ') as rows_of_files') }}
{%- endmacro %}

{# A condition that raw rows of changed days fulfil, on the raw column alone, so that the engine
   skips files and row groups of earlier days without reading them. A row whose `loaded_at` is
   empty goes by another time, and stays. Arguments: relation, a base model with raw_loaded_at.
   Example: where {{ may_be_of_changed_part(ref('assisted_conversions', 'base_sessions')) }} #}
{% macro may_be_of_changed_part(relation) -%}
    {%- if not builds_in_part() or is_raw_folder('sessions') or is_offline()
        or relation.is_cte -%}
        {{ return('true') }}
    {%- endif -%}
    {#- Days that are no more may be files of a folder that there was before. #}
    {%- set first_day = run_query(
        'select min(raw_part) from ' ~ changed_keys('raw_part') ~ " as changed_parts where raw_part < ':'"
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
