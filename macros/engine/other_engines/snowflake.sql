{# What differs on Snowflake. Each macro is described where it is dispatched, in macros/engine. #}

{# Checksums, as in checksums.sql. #}
{% macro snowflake__rows_checksum(columns) -%} sum({{ row_hash(columns) }}) {%- endmacro %}
{% macro snowflake__engine_version() -%} current_version() {%- endmacro %}

{# Hashes, as in hashes.sql. #}
{% macro snowflake__row_hash(columns) -%} hash({{ columns | join(', ') }}) {%- endmacro %}
{% macro snowflake__salted_hash(expression) -%} sha2({{ expression }}, 256) {%- endmacro %}

{# JSON, as in json.sql. #}
{% macro snowflake__json_source(expression) -%} to_json({{ expression }}) {%- endmacro %}
{% macro snowflake__json_field(text, path) -%}
    {%- set found = namespace(value='try_parse_json(' ~ text ~ ')') -%}
    {%- for name in path -%}
        {%- set found.value = 'get(' ~ found.value ~ ', ' ~ text_literal(name) ~ ')' -%}
    {%- endfor -%}
    cast({{ found.value }} as varchar)
{%- endmacro %}

{# Lists, as in lists.sql. #}
{% macro snowflake__list_in_order(number, position) -%}
    array_agg({{ number }}) within group (order by {{ position }})
{%- endmacro %}
{% macro snowflake__each_number(list, expression) -%}
    transform({{ list }}, number bigint -> {{ expression }})
{%- endmacro %}
{% macro snowflake__distinct_numbers(list) -%} array_sort(array_distinct({{ list }})) {%- endmacro %}
{% macro snowflake__without_repeats(list) -%}
    reduce({{ list }}, array_construct(), (kept, number) -> case
        when get(kept, array_size(kept) - 1) = number then kept
        else array_append(kept, number)
    end)
{%- endmacro %}
{% macro snowflake__step_columns(list, order) -%}
    cast(get({{ list }}, places.value) as bigint) as back_0
    {%- for back in range(1, order + 1) %},
    coalesce(cast(get({{ list }}, places.value - {{ back }}) as bigint), 0) as back_{{ back }}
    {%- endfor %}
{%- endmacro %}
{% macro snowflake__step_join(list) -%}
    cross join lateral flatten(input => array_generate_range(0, array_size({{ list }}) + 1)) as places
{%- endmacro %}

{% macro snowflake__unnested_number(list) -%} cast(unnested.value as bigint) {%- endmacro %}

{# Nested values, as in nested.sql: variants. #}
{% macro snowflake__nested_field(struct, path, type) -%}
    {%- set value = namespace(sql=struct) -%}
    {%- for name in path.split('.') -%}
        {%- set value.sql = 'get(' ~ value.sql ~ ", '" ~ name ~ "')" -%}
    {%- endfor -%}
    cast({{ value.sql }} as varchar)
{%- endmacro %}
{% macro snowflake__keyed_value(list, key, type) -%}
    {%- set pair -%}
        get(filter({{ list }}, pair variant -> cast(get(pair, 'key') as varchar) = '{{ key }}'), 0)
    {%- endset -%}
    coalesce(
        {%- for field in keyed_value_fields() %}
        {{ snowflake__nested_field(pair, 'value.' ~ field, type) }}{{ ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}

{# Numbers, as in numbers.sql. #}
{% macro snowflake__readable_number(number, decimals) -%}
    to_varchar(
        round(cast({{ number }} as double), 9),
        'FM999,999,999,999,999,990{{ "." ~ "0" * decimals if decimals }}'
    )
{%- endmacro %}

{# Reading raw values, as in reading.sql. TRY_CAST takes text alone. #}
{% macro snowflake__try_cast_to(expression, type) -%}
    try_cast(cast({{ expression }} as varchar) as {{ type }})
{%- endmacro %}
{% macro snowflake__binary_in_hex(bytes) -%} lower(hex_encode({{ bytes }})) {%- endmacro %}

{# Reading times, as in reading_times.sql. #}
{% macro snowflake__time_of_digits(text) -%}
    {%- set digits = text_part(text, "'.'", 1) -%}
    {%- set number = 'cast(' ~ digits ~ ' as bigint)' -%}
    case
        when length({{ digits }}) = 8 then cast(try_to_date({{ digits }}, 'YYYYMMDD') as timestamp)
        when length({{ digits }}) <= 10 then to_timestamp_ntz({{ number }}, 0)
        when length({{ digits }}) <= 13 then to_timestamp_ntz({{ number }}, 3)
        when length({{ digits }}) <= 16 then to_timestamp_ntz({{ number }}, 6)
        else to_timestamp_ntz(floor({{ number }} / 1000), 6)
    end
{%- endmacro %}

{# Regular expressions, as in regular_expressions.sql. There are no groups without a number, and
   flags are an argument. #}
{% macro snowflake__regexp_contains(value, pattern) -%}
    (regexp_instr({{ value }}, {{ snowflake__pattern(pattern) }}, 1, 1, 0, '{{ snowflake__flags(pattern) }}') > 0)
{%- endmacro %}
{% macro snowflake__regexp_full_match(value, pattern) -%}
    regexp_like({{ value }}, {{ snowflake__pattern(pattern) }}, '{{ snowflake__flags(pattern) }}')
{%- endmacro %}
{# There is no way to try a pattern: the query stops at the pattern itself, and names it. #}
{% macro snowflake__is_usable_pattern(pattern) -%}
    (regexp_instr('', {{ snowflake__pattern(pattern) }}) = 0)
{%- endmacro %}
{% macro snowflake__regexp_first(value, pattern, group) -%}
    nullif(regexp_substr(
        {{ value }}, {{ snowflake__pattern(pattern) }}, 1, 1, '{{ snowflake__flags(pattern) }}e',
        {{ snowflake__group(pattern, group) }}
    ), '')
{%- endmacro %}
{% macro snowflake__regexp_replace_all(value, pattern, replacement) -%}
    regexp_replace(
        {{ value }}, {{ snowflake__pattern(pattern) }}, {{ replacement }}, 1, 0,
        '{{ snowflake__flags(pattern) }}'
    )
{%- endmacro %}

{# A pattern, a literal or an expression, without flags, each group with a number. #}
{% macro snowflake__pattern(pattern) -%}
    {%- set bare = pattern.replace('(?i)', '').replace('(?s)', '') -%}
    {{ return(bare.replace('(?:', '(') if bare.startswith("'") else "replace(" ~ bare ~ ", '(?:', '(')") }}
{%- endmacro %}

{# The flags of a pattern as an argument: `c` tells cases apart, `i` does not. #}
{% macro snowflake__flags(pattern) -%}
    {{ return(('i' if '(?i)' in pattern else 'c') ~ ('s' if '(?s)' in pattern else '')) }}
{%- endmacro %}

{# The number that a group of a literal pattern has where each group has one. #}
{% macro snowflake__group(pattern, group) -%}
    {%- set found = namespace(groups=0, numbered=0, number=0) -%}
    {%- for part in pattern.replace('(?i)', '').replace('(?s)', '').split('(')[1:] -%}
        {%- set found.groups = found.groups + 1 -%}
        {%- if not part.startswith('?:') -%}
            {%- set found.numbered = found.numbered + 1 -%}
            {%- if found.numbered == group -%}{%- set found.number = found.groups -%}{%- endif -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(found.number) }}
{%- endmacro %}

{# Structures, as in structures.sql. #}
{% macro snowflake__text_struct(pairs) -%}
    object_construct_keep_null(
        {%- for name, expression in pairs %}
        '{{ name }}', cast({{ expression }} as varchar){{ ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}
{# Objects have no order. #}
{% macro snowflake__greatest_struct(pairs) -%}
    array_agg({{ text_struct(pairs) }}) within group (order by {% for name, expression in pairs -%}
        {{ expression }} desc{{ ', ' if not loop.last }}
    {%- endfor %})[0]
{%- endmacro %}
{% macro snowflake__first_struct(pairs, order_by) -%}
    array_agg({{ text_struct(pairs) }}) within group (order by {{ order_by | join(', ') }})[0]
{%- endmacro %}
{% macro snowflake__json_text(struct) -%} to_json({{ struct }}) {%- endmacro %}
{% macro snowflake__struct_field(expression, field) -%}
    cast(get({{ expression }}, '{{ field }}') as varchar)
{%- endmacro %}
{# A null in an array would be a value of JSON. #}
{% macro snowflake__array_of_structs(checks) -%}
    array_construct_compact(
        {%- for check in checks %}
        case
            when {{ check.condition }} then object_construct(
                'column_name', '{{ check.name }}', 'value', cast({{ check.raw }} as varchar)
            )
        end{{ ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}
{% macro snowflake__joined_arrays(left, right) -%}
    array_cat(coalesce({{ left }}, array_construct()), coalesce({{ right }}, array_construct()))
{%- endmacro %}
{% macro snowflake__unnested(expression) -%} unnested.value {%- endmacro %}
{% macro snowflake__unnest_join(expression) -%}
    cross join lateral flatten(input => {{ expression }}) as unnested
{%- endmacro %}

{# Text, as in text.sql. A name without quotes is one in capital letters; in a literal a backslash begins
   an escape. #}
{% macro snowflake__quoted_name(name) -%} {{ return(adapter.quote(name | upper)) }} {%- endmacro %}
{% macro snowflake__text_literal(text) -%} {{ return(escaped_literal(text)) }} {%- endmacro %}
{% macro snowflake__trimmed_text(expression) -%}
    nullif(trim(cast({{ expression }} as varchar), {{ escaped_literal(blank_characters()[1:-1]) }}), '')
{%- endmacro %}
{% macro snowflake__ends_with(text, ending) -%} endswith({{ text }}, {{ ending }}) {%- endmacro %}
{% macro snowflake__without_ending(text, character) -%} rtrim({{ text }}, {{ character }}) {%- endmacro %}
{# CONCAT_WS is null where a text is. #}
{% macro snowflake__joined_texts(separator, texts) -%}
    array_to_string(array_construct_compact({{ texts | join(', ') }}), {{ separator }})
{%- endmacro %}
{% macro snowflake__edit_distance(one, other) -%} editdistance({{ one }}, {{ other }}) {%- endmacro %}
{% macro snowflake__with_value(value, name, result) -%}
    cast(get(transform(array_construct({{ value }}), {{ name }} varchar -> {{ result }}), 0) as varchar)
{%- endmacro %}
{% macro snowflake__first_word(words, name, condition) -%}
    cast(get(filter(
        array_construct({{ quoted_list(words) }}), {{ name }} varchar -> cast({{ condition }} as boolean)
    ), 0) as varchar)
{%- endmacro %}
{# Each part behind a `%` becomes bytes in hexadecimal; where all of them are no UTF-8, only the
   escapes of ASCII do. #}
{% macro snowflake__percent_decoded(expression) -%}
    case
        when position('%' in {{ expression }}) > 0 then coalesce(
            try_hex_decode_string({{ snowflake__hex_decoded(expression, '[0-9a-fA-F]') }}),
            hex_decode_string({{ snowflake__hex_decoded(expression, '[0-7]') }})
        )
        else {{ expression }}
    end
{%- endmacro %}
{% macro snowflake__hex_decoded(expression, first_digit) -%}
    hex_encode(split_part({{ expression }}, '%', 1)) || array_to_string(transform(
        split(substr({{ expression }}, position('%' in {{ expression }}) + 1), '%'),
        part varchar -> case
            when regexp_like(part, '{{ first_digit }}[0-9a-fA-F].*', 's')
                then substr(part, 1, 2) || hex_encode(substr(part, 3))
            else '25' || hex_encode(part)
        end
    ), '')
{%- endmacro %}

{# Time, as in time.sql. #}
{% macro snowflake__seconds_between(start, end) -%}
    (cast(datediff('microsecond', {{ start }}, {{ end }}) as double) / 1000000)
{%- endmacro %}
{% macro snowflake__add_seconds(timestamp, seconds) -%}
    dateadd('microsecond', cast(round(
        case when {{ seconds }} > 1000000000 then 1000000000 else {{ seconds }} end * 1000000
    ) as bigint), {{ timestamp }})
{%- endmacro %}
{% macro snowflake__add_days(timestamp, days) -%}
    dateadd('hour', ({{ days }}) * 24, {{ timestamp }})
{%- endmacro %}
{% macro snowflake__to_local_time(timestamp, time_zone) -%}
    convert_timezone('UTC', '{{ time_zone }}', {{ timestamp }})
{%- endmacro %}
{% macro snowflake__from_local_time(timestamp, time_zone) -%}
    convert_timezone('{{ time_zone }}', 'UTC', {{ timestamp }})
{%- endmacro %}
