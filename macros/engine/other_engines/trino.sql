{# What differs on Trino. Each macro is described where it is dispatched, in macros/engine. #}

{# Checksums, as in checksums.sql. #}
{% macro trino__rows_checksum(columns) -%}
    sum(cast({{ row_hash(columns) }} as decimal(38, 0)))
{%- endmacro %}

{# Hashes, as in hashes.sql. #}
{% macro trino__row_hash(columns) -%}
    from_big_endian_64(xxhash64(to_utf8(json_format(cast(array[
        {%- for column in columns %}
        cast({{ column }} as json){{ ',' if not loop.last }}
        {%- endfor %}
    ] as json)))))
{%- endmacro %}
{% macro trino__salted_hash(expression) -%}
    lower(to_hex(sha256(to_utf8({{ expression }}))))
{%- endmacro %}

{# JSON, as in json.sql. #}
{% macro trino__json_source(expression) -%} json_format(cast({{ expression }} as json)) {%- endmacro %}
{% macro trino__json_field(text, path) -%}
    try(json_extract_scalar({{ text }}, {{ text_literal('$["' ~ (path | join('"]["')) ~ '"]') }}))
{%- endmacro %}

{# Lists, as in lists.sql. #}
{% macro trino__list_in_order(number, position) -%}
    array_agg({{ number }} order by {{ position }})
{%- endmacro %}
{% macro trino__each_number(list, expression) -%}
    transform({{ list }}, number -> {{ expression }})
{%- endmacro %}
{% macro trino__distinct_numbers(list) -%} array_sort(array_distinct({{ list }})) {%- endmacro %}
{% macro trino__without_repeats(list) -%}
    reduce(
        {{ list }},
        cast(array[] as array(bigint)),
        (kept, number) -> case
            when cardinality(kept) > 0 and element_at(kept, -1) = number then kept
            else kept || number
        end,
        kept -> kept
    )
{%- endmacro %}
{% macro trino__step_columns(list, order) -%}
    element_at({{ list }}, place) as back_0
    {%- for back in range(1, order + 1) %},
    case when place > {{ back }} then element_at({{ list }}, place - {{ back }}) else 0 end as back_{{ back }}
    {%- endfor %}
{%- endmacro %}
{% macro trino__step_join(list) -%}
    cross join unnest(sequence(1, cardinality({{ list }}) + 1)) as places (place)
{%- endmacro %}

{# Nested values, as in nested.sql. #}
{% macro trino__nested_field(struct, path, type) -%} cast({{ struct }}.{{ path }} as varchar) {%- endmacro %}
{% macro trino__keyed_value(list, key, type) -%}
    coalesce(
        {%- for field in keyed_value_fields() %}
        cast(element_at(filter({{ list }}, pair -> pair.key = '{{ key }}'), 1).value.{{ field }} as varchar)
        {{- ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}

{# Numbers, as in numbers.sql. #}
{% macro trino__readable_number(number, decimals) -%}
    format('%,.{{ decimals }}f', round(cast({{ number }} as double), 9))
{%- endmacro %}
{# The mean of the two numbers in the middle, which are one where their number is odd. #}
{% macro trino__median(expression) -%}
    {{ with_value(
        'array_sort(array_agg(' ~ expression ~ ') filter (where ' ~ expression ~ ' is not null))',
        'numbers',
        '(element_at(numbers, (cardinality(numbers) + 1) / 2)'
        ~ ' + element_at(numbers, cardinality(numbers) / 2 + 1)) / 2'
    ) }}
{%- endmacro %}

{# Reading raw values, as in reading.sql. #}
{% macro trino__binary_in_hex(bytes) -%} lower(to_hex({{ bytes }})) {%- endmacro %}
{% macro trino__try_cast_to(expression, type) -%}
    try_cast({{ expression }} as {{ type }})
{%- endmacro %}

{# Reading times, as in reading_times.sql. #}
{% macro trino__timestamp_type() -%} timestamp(6) {%- endmacro %}
{% macro trino__time_of_digits(text) -%}
    {%- set digits = text_part(text, "'.'", 1) -%}
    {%- set number = 'cast(' ~ digits ~ ' as bigint)' -%}
    cast(case
        when length({{ digits }}) = 8 then try(date_parse({{ digits }}, '%Y%m%d'))
        when length({{ digits }}) <= 10 then from_unixtime_nanos({{ number }} * 1000000000) at time zone 'UTC'
        when length({{ digits }}) <= 13 then from_unixtime_nanos({{ number }} * 1000000) at time zone 'UTC'
        when length({{ digits }}) <= 16 then from_unixtime_nanos({{ number }} * 1000) at time zone 'UTC'
        else from_unixtime_nanos({{ number }}) at time zone 'UTC'
    end as timestamp(6))
{%- endmacro %}

{# Regular expressions, as in regular_expressions.sql. They are Java's, which would read `[:space:]`
   within brackets as these letters. #}
{% macro trino__regexp_contains(value, pattern) -%} regexp_like({{ value }}, {{ pattern }}) {%- endmacro %}
{% macro trino__regexp_full_match(value, pattern) -%}
    regexp_like({{ value }}, concat('^(?:', {{ pattern | replace('[:space:]', '\\s') }}, ')$'))
{%- endmacro %}
{% macro trino__is_usable_pattern(pattern) -%}
    case
        when {{ pattern }} is not null then coalesce(not try(regexp_like('', {{ pattern }})), false)
    end
{%- endmacro %}
{% macro trino__regexp_first(value, pattern, group) -%}
    nullif(regexp_extract({{ value }}, {{ pattern }}, {{ group }}), '')
{%- endmacro %}
{% macro trino__regexp_replace_all(value, pattern, replacement) -%}
    regexp_replace({{ value }}, {{ pattern }}, {{ replacement }})
{%- endmacro %}

{# Structures, as in structures.sql. #}
{% macro trino__text_struct(pairs) -%}
    cast(row(
        {%- for name, expression in pairs %}
        cast({{ expression }} as varchar){{ ',' if not loop.last }}
        {%- endfor %}
    ) as row(
        {%- for name, expression in pairs -%}
        {{ name }} varchar{{ ', ' if not loop.last }}
        {%- endfor -%}
    ))
{%- endmacro %}
{% macro trino__json_text(struct) -%} json_format(cast({{ struct }} as json)) {%- endmacro %}
{% macro trino__array_of_structs(checks) -%}
    array[
        {%- for check in checks %}
        case
            when {{ check.condition }} then {{ text_struct([
                ['column_name', quoted_list([check.name])], ['value', check.raw]
            ]) | indent(12) }}
        end{{ ',' if not loop.last }}
        {%- endfor %}
    ]
{%- endmacro %}
{% macro trino__joined_arrays(left, right) -%}
    concat(coalesce({{ left }}, array[]), coalesce({{ right }}, array[]))
{%- endmacro %}
{% macro trino__unnested(expression) -%} unnested_value {%- endmacro %}
{# Unnesting an array of rows would make a column of each field; within another row it does not. #}
{% macro trino__unnest_join(expression) -%}
    cross join unnest(transform({{ expression }}, value -> row(value))) as unnested (unnested_value)
{%- endmacro %}

{# Text, as in text.sql. #}
{% macro trino__trimmed_text(expression) -%}
    nullif(trim(both {{ blank_characters() }} from cast({{ expression }} as varchar)), '')
{%- endmacro %}
{% macro trino__without_ending(text, character) -%}
    trim(trailing {{ character }} from {{ text }})
{%- endmacro %}
{% macro trino__text_part(value, separator, number) -%}
    coalesce(split_part({{ value }}, {{ separator }}, {{ number }}), '')
{%- endmacro %}
{% macro trino__edit_distance(one, other) -%} levenshtein_distance({{ one }}, {{ other }}) {%- endmacro %}
{% macro trino__with_value(value, name, result) -%}
    element_at(transform(array[{{ value }}], {{ name }} -> {{ result }}), 1)
{%- endmacro %}
{% macro trino__first_word(words, name, condition) -%}
    element_at(filter(array[{{ quoted_list(words) }}], {{ name }} -> {{ condition }}), 1)
{%- endmacro %}
{# URL_DECODE reads a form: `+` is a space, a `%` must begin an escape, and what is no UTF-8 becomes
   U+FFFD. #}
{% macro trino__percent_decoded(expression) -%}
    {{ with_value(
        "url_decode(regexp_replace(replace(" ~ expression ~ ", '+', '%2B'), '%(?![0-9a-fA-F]{2})', '%25'))",
        'decoded',
        "case when strpos(decoded, chr(65533)) = 0 then decoded else url_decode(regexp_replace(replace("
        ~ expression ~ ", '+', '%2B'), '%(?![0-7][0-9a-fA-F])', '%25')) end"
    ) }}
{%- endmacro %}

{# Time, as in time.sql. Intervals know milliseconds only, seconds since 1970 as double more. #}
{% macro trino__unix_seconds(timestamp) -%} to_unixtime(with_timezone({{ timestamp }}, 'UTC')) {%- endmacro %}
{% macro trino__seconds_between(start, end) -%}
    round({{ trino__unix_seconds(end) }} - {{ trino__unix_seconds(start) }}, 6)
{%- endmacro %}
{% macro trino__add_seconds(timestamp, seconds) -%}
    cast(from_unixtime_nanos(cast(round((
        {{ trino__unix_seconds(timestamp) }} + case when {{ seconds }} > 1e9 then 1e9 else {{ seconds }} end
    ) * 1e6) as bigint) * 1000) at time zone 'UTC' as timestamp(6))
{%- endmacro %}
{% macro trino__add_days(timestamp, days) -%}
    date_add('hour', ({{ days }}) * 24, {{ timestamp }})
{%- endmacro %}
{% macro trino__to_local_time(timestamp, time_zone) -%}
    cast(with_timezone({{ timestamp }}, 'UTC') at time zone '{{ time_zone }}' as timestamp(6))
{%- endmacro %}
{% macro trino__from_local_time(timestamp, time_zone) -%}
    cast(with_timezone({{ timestamp }}, '{{ time_zone }}') at time zone 'UTC' as timestamp(6))
{%- endmacro %}
