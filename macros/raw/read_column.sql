{#
    The expression that reads one raw column as its declaration says; null where there is no
    value or it cannot be read.
    Arguments: column, an entry of `raw_declaration(...).columns`; expression, the raw value;
    raw_type, the raw value's type on the engine.
    Example: read_column(column, 'source_rows.started_at', 'VARCHAR')
#}
{% macro read_column(column, expression, raw_type) -%}
    {%- set text = trimmed_text(expression) -%}
    {%- if column.data_type == 'timestamp' -%}
        {%- set read = read_timestamp(expression, raw_type) -%}
    {%- elif column.data_type == 'date' -%}
        {%- set read = 'cast(' ~ read_timestamp(expression, raw_type) ~ ' as date)' -%}
    {%- elif column.data_type == 'number' -%}
        {%- set read = read_number(expression) -%}
    {%- elif column.data_type == 'integer' -%}
        {%- set read = try_cast_to(expression, 'bigint') -%}
    {%- elif column.data_type == 'boolean' -%}
        {%- set read = try_cast_to(expression, 'boolean') -%}
    {%- elif column.kind == 'utm' -%}
        {%- set read = clean_utm('cast(' ~ expression ~ ' as ' ~ dbt.type_string() ~ ')') -%}
    {%- elif column.kind == 'code' -%}
        {%- set read = 'lower(' ~ text ~ ')' -%}
    {%- elif column.kind == 'upper_code' -%}
        {%- set read = 'upper(' ~ text ~ ')' -%}
    {%- else -%}
        {%- set read = text -%}
    {%- endif -%}

    {%- if column.meta.get('allowed') -%}
        {%- set read = 'case when ' ~ read ~ " in ('" ~ (column.meta.allowed | join("', '")) ~ "') then " ~ read ~ ' end' -%}
    {%- elif column.meta.get('pattern') -%}
        {%- set read = 'case when ' ~ regexp_full_match(read, "'" ~ column.meta.pattern ~ "'") ~ ' then ' ~ read ~ ' end' -%}
    {%- endif -%}
    {%- if column.meta.get('default') is not none -%}
        {%- set read = 'coalesce(' ~ read ~ ", '" ~ column.meta.default ~ "')" -%}
    {%- endif -%}
    {%- if column.meta.get('least') is not none -%}
        {%- set least = column.meta.least -%}
        {%- set read = 'case when ' ~ read ~ ' < ' ~ least ~ ' then ' ~ least ~ ' else ' ~ read ~ ' end' -%}
    {%- endif -%}
    {%- if column.meta.get('above') is not none -%}
        {%- set read = 'case when ' ~ read ~ ' > ' ~ column.meta.above ~ ' then ' ~ read ~ ' end' -%}
    {%- endif -%}
    {{ return(read) }}
{%- endmacro %}


{#
    Whether a value of this column can be there and yet be unreadable, given its raw type.
    Arguments: as of `read_column`.
    Example: may_be_unparsable(column, 'VARCHAR') -> true for a timestamp
#}
{% macro may_be_unparsable(column, raw_type) -%}
    {%- set is_text = 'char' in raw_type | lower or raw_type | lower == 'string' -%}
    {{ return(
        (column.data_type != 'text' and (is_text or column.data_type in ('number', 'integer', 'boolean')))
        or (column.meta.get('default') is none
            and (column.meta.get('allowed') or column.meta.get('pattern')) is not none)
    ) }}
{%- endmacro %}


{#
    Why a row without a good value in this column is rejected.
    Arguments: column, an entry of `raw_declaration(...).columns`.
    Example: reject_reason(column) -> bad_timestamp
#}
{% macro reject_reason(column) -%}
    {%- set by_type = {
        'timestamp': 'bad_timestamp', 'date': 'bad_timestamp', 'number': 'bad_number',
        'integer': 'bad_number', 'boolean': 'bad_value', 'text': 'missing_key'
    } -%}
    {%- if column.meta.get('reason') -%}
        {{ return(column.meta.reason) }}
    {%- elif column.meta.get('any_of') -%}
        {{ return('no_identity') }}
    {%- elif column.meta.get('allowed') -%}
        {{ return('bad_value') }}
    {%- endif -%}
    {{ return(by_type[column.data_type]) }}
{%- endmacro %}
