{#
    How one raw column becomes a value. In a base model a column stands as `raw_<name>` as it
    came, then as `text_<name>`, and last, read, as `<name>`.
#}

{#
    The text of a raw column: trimmed, blank is null; a UTM value decoded.
    Arguments: column, an entry of `raw_declaration(...).columns`; raw, the raw column.
    Example: column_text(column, 'raw_session_id')
#}
{% macro column_text(column, raw) -%}
    {%- if column.kind == 'utm' -%}
        {{ return(decoded_utm('cast(' ~ raw ~ ' as ' ~ dbt.type_string() ~ ')')) }}
    {%- endif -%}
    {{ return(trimmed_text(raw)) }}
{%- endmacro %}


{#
    The expression that reads one column as its declaration says; null where there is no value or
    it cannot be read.
    Arguments: column, an entry of `raw_declaration(...).columns`; raw_type, the raw column's type
    on the engine.
    Example: read_column(column, 'VARCHAR')
#}
{% macro read_column(column, raw_type) -%}
    {%- set raw = 'raw_' ~ column.name -%}
    {%- set text = 'text_' ~ column.name -%}
    {%- if column.data_type == 'timestamp' -%}
        {%- set read = read_timestamp(raw, text, raw_type) -%}
    {%- elif column.data_type == 'date' -%}
        {%- set read = 'cast(' ~ read_timestamp(raw, text, raw_type) ~ ' as date)' -%}
    {%- elif column.kind == 'amount' -%}
        {%- set read = try_cast_to(raw, 'decimal(18, 4)') -%}
    {%- elif column.kind == 'rate' -%}
        {%- set read = try_cast_to(raw, 'decimal(20, 12)') -%}
    {%- elif column.data_type == 'number' -%}
        {%- set read = read_number(raw) -%}
    {%- elif column.data_type == 'integer' -%}
        {%- set read = try_cast_to(raw, 'bigint') -%}
    {%- elif column.data_type == 'boolean' -%}
        {%- set read = try_cast_to(text, 'boolean') -%}
    {%- elif column.kind == 'utm' -%}
        {%- set read = published_utm(text) -%}
    {%- elif column.kind == 'code' -%}
        {%- set read = 'lower(' ~ text ~ ')' -%}
    {%- elif column.kind == 'upper_code' -%}
        {%- set read = 'upper(' ~ text ~ ')' -%}
    {%- else -%}
        {%- set read = text -%}
    {%- endif -%}

    {%- if column.meta.get('allowed') -%}
        {%- set condition = read ~ ' in (' ~ quoted_list(column.meta.allowed) ~ ')' -%}
        {%- set read = 'case when ' ~ condition ~ ' then ' ~ read ~ ' end' -%}
    {%- elif column.meta.get('pattern') -%}
        {%- set condition = regexp_full_match(read, quoted_list([column.meta.pattern])) -%}
        {%- set read = 'case when ' ~ condition ~ ' then ' ~ read ~ ' end' -%}
    {%- elif column.meta.get('above') is not none -%}
        {%- set condition = read ~ ' > ' ~ column.meta.above -%}
        {%- set read = 'case when ' ~ condition ~ ' then ' ~ read ~ ' end' -%}
    {%- elif column.meta.get('least') is not none -%}
        {%- set least = column.meta.least -%}
        {%- set condition = read ~ ' < ' ~ least -%}
        {%- set read = 'case when ' ~ condition ~ ' then ' ~ least ~ ' else ' ~ read ~ ' end' -%}
    {%- endif -%}
    {%- if column.meta.get('default') is not none -%}
        {%- set read = 'coalesce(' ~ read ~ ', ' ~ quoted_list([column.meta.default]) ~ ')' -%}
    {%- endif -%}
    {{ return(read) }}
{%- endmacro %}
