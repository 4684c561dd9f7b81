{# How a raw column becomes a value. A base model has a column as `raw_<name>` as it came, as
   `text_<name>`, and last, read, as `<name>`. #}

{# The text of a raw column: trimmed, blank is null; a UTM value is decoded. Numbers and booleans that
   need no reading stay what they are, since text is expensive to make. Arguments: column, of
   `raw_declaration(...).columns`; raw_type, the type of its `raw_<name>`. #}
{% macro column_text(column, raw_type) -%}
    {%- set raw = 'raw_' ~ column.name -%}
    {%- if column.data_type in ('number', 'integer') and is_number_type(raw_type)
        or column.data_type == 'boolean' and raw_type == 'BOOLEAN' -%}
        {{ return(raw) }}
    {%- endif -%}
    {%- if column.kind == 'utm' -%}
        {{ return(tag_text('cast(' ~ raw ~ ' as ' ~ dbt.type_string() ~ ')')) }}
    {%- endif -%}
    {{ return(trimmed_text(raw)) }}
{%- endmacro %}

{# A column read as its declaration says; null where there is no value or it cannot be read.
   Arguments: column, of `raw_declaration(...).columns`; raw_type, the type of its `raw_<name>`.
   Example: read_column(column, 'VARCHAR') #}
{% macro read_column(column, raw_type) -%}
    {%- set raw = 'raw_' ~ column.name -%}
    {%- set text = 'text_' ~ column.name -%}
    {%- set number = number_source(raw, text, raw_type) -%}
    {%- set meta = column.meta -%}
    {%- if column.data_type == 'timestamp' -%}
        {%- set read = read_timestamp(raw, text, raw_type) -%}
        {%- if meta.get('date_alone') == 'end_of_day' -%}
            {%- set read = 'case when ' ~ is_date_alone(raw, text, raw_type) ~ ' then '
                ~ end_of_reporting_day('cast(' ~ read ~ ' as timestamp)') ~ ' else ' ~ read ~ ' end' -%}
        {%- endif -%}
    {%- elif column.data_type == 'date' -%}
        {%- set read = 'cast(' ~ read_timestamp(raw, text, raw_type) ~ ' as date)' -%}
    {%- elif column.kind == 'amount' -%}
        {%- set amount = try_cast_to(number, amount_type()) -%}
        {%- set read = 'case when not ' ~ is_too_large(amount) ~ ' then ' ~ amount ~ ' end' -%}
    {%- elif column.kind == 'rate' -%}
        {%- set read = try_cast_to(number, exact_type(20, 12)) -%}
    {%- elif column.data_type == 'number' -%}
        {%- set read = read_number(number) -%}
    {%- elif column.data_type == 'integer' -%}
        {%- set read = try_cast_to(number, 'bigint') -%}
    {%- elif column.data_type == 'boolean' -%}
        {%- set read = raw if raw_type == 'BOOLEAN' else try_cast_to(text, 'boolean') -%}
    {%- elif column.kind == 'utm' -%}
        {%- set read = published_tag(text) -%}
    {%- else -%}
        {%- set read = {'code': 'lower(' ~ text ~ ')', 'upper_code': 'upper(' ~ text ~ ')'}
            .get(column.kind, text) -%}
    {%- endif -%}

    {%- if meta.get('least') is not none -%}
        {{ return(
            'case when ' ~ read ~ ' >= ' ~ meta.least ~ ' then ' ~ read ~ ' when ' ~ read ~ ' < '
            ~ meta.least ~ ' then ' ~ meta.least ~ ' end'
        ) }}
    {%- elif meta.get('allowed') -%}
        {%- set condition = read ~ ' in (' ~ quoted_list(meta.allowed) ~ ')' -%}
    {%- elif meta.get('pattern') -%}
        {%- set condition = regexp_full_match(read, quoted_list([meta.pattern])) -%}
    {%- elif meta.get('above') is not none -%}
        {%- set condition = read ~ ' > ' ~ meta.above -%}
    {%- else -%}
        {%- set condition = none -%}
    {%- endif -%}
    {%- if condition -%}
        {%- set read = 'case when ' ~ condition ~ ' then ' ~ read ~ ' end' -%}
    {%- endif -%}
    {%- if meta.get('default') is not none -%}
        {%- set read = 'coalesce(' ~ read ~ ', ' ~ quoted_list([meta.default]) ~ ')' -%}
    {%- endif -%}
    {{ return(read) }}
{%- endmacro %}
