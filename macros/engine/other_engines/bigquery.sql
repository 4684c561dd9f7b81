{# What differs on BigQuery. Each macro is described where it is dispatched, in macros/engine. #}

{# Amounts, as in amounts.sql: `decimal` holds no more than 9 digits behind the point. #}
{% macro bigquery__exact_type(digits, decimals) -%} bignumeric({{ digits }}, {{ decimals }}) {%- endmacro %}

{# Checksums, as in checksums.sql. #}
{% macro bigquery__rows_checksum(columns) -%}
    sum(cast({{ row_hash(columns) }} as bignumeric))
{%- endmacro %}
{% macro bigquery__engine_version() -%} 'bigquery' {%- endmacro %}

{# Comparisons, as in comparisons.sql. An outer join wants an equality; null is written as `null`, a
   text in quotes. #}
{% macro bigquery__is_same(one, other) -%}
    to_json_string({{ one }}) = to_json_string({{ other }})
{%- endmacro %}

{# Hashes, as in hashes.sql. #}
{% macro bigquery__row_hash(columns) -%}
    farm_fingerprint(to_json_string(struct({{ columns | join(', ') }})))
{%- endmacro %}
{% macro bigquery__salted_hash(expression) -%} to_hex(sha256({{ expression }})) {%- endmacro %}

{# Rows of incremental models, as in incremental.sql: without a key, a merge adds all rows. #}
{% macro bigquery__changed_keys_strategy() -%} {{ return('merge') }} {%- endmacro %}
{% macro bigquery__replace_strategy() -%} {{ return('merge') }} {%- endmacro %}

{# JSON, as in json.sql. #}
{% macro bigquery__json_source(expression) -%} to_json_string({{ expression }}) {%- endmacro %}
{% macro bigquery__json_field(text, path) -%}
    json_value({{ text }}, {{ text_literal('$."' ~ (path | join('"."')) ~ '"') }})
{%- endmacro %}

{# Lists, as in lists.sql. #}
{% macro bigquery__list_in_order(number, position) -%}
    array_agg({{ number }} order by {{ position }})
{%- endmacro %}
{% macro bigquery__each_number(list, expression) -%}
    array(
        select {{ expression }}
        from unnest({{ list }}) as number with offset as place
        order by place
    )
{%- endmacro %}
{% macro bigquery__distinct_numbers(list) -%}
    array(select distinct number from unnest({{ list }}) as number order by number)
{%- endmacro %}
{% macro bigquery__without_repeats(list) -%}
    array(
        select number
        from unnest({{ list }}) as number with offset as place
        where number is distinct from {{ list }}[safe_offset(place - 1)]
        order by place
    )
{%- endmacro %}
{% macro bigquery__step_columns(list, order) -%}
    {{ list }}[safe_offset(place)] as back_0
    {%- for back in range(1, order + 1) %},
    coalesce({{ list }}[safe_offset(place - {{ back }})], 0) as back_{{ back }}
    {%- endfor %}
{%- endmacro %}
{% macro bigquery__step_join(list) -%}
    cross join unnest(generate_array(0, array_length({{ list }}))) as place
{%- endmacro %}

{# Nested values, as in nested.sql. #}
{% macro bigquery__nested_field(struct, path, type) -%} cast({{ struct }}.{{ path }} as string) {%- endmacro %}
{% macro bigquery__keyed_value(list, key, type) -%}
    (
        select coalesce(
            {%- for field in keyed_value_fields() %}
            cast(pair.value.{{ field }} as string){{ ',' if not loop.last }}
            {%- endfor %}
        )
        from unnest({{ list }}) as pair
        where pair.key = '{{ key }}'
        limit 1
    )
{%- endmacro %}

{# Numbers, as in numbers.sql. #}
{% macro bigquery__double_type() -%} {{ return('float64') }} {%- endmacro %}
{% macro bigquery__readable_number(number, decimals) -%}
    format("%'.{{ decimals }}f", round(cast({{ number }} as float64), 9))
{%- endmacro %}
{# PERCENTILE_CONT is no aggregate, and UNNEST takes none: the mean of the two in the middle. #}
{% macro bigquery__median(expression) -%}
    {%- set in_order = 'array_agg(' ~ expression ~ ' ignore nulls order by ' ~ expression ~ ')' -%}
    (
        {{ in_order }}[safe_offset(div(count({{ expression }}) - 1, 2))]
        + {{ in_order }}[safe_offset(div(count({{ expression }}), 2))]
    ) / 2
{%- endmacro %}

{# Reading raw values, as in reading.sql. #}
{% macro bigquery__binary_in_hex(bytes) -%} to_hex({{ bytes }}) {%- endmacro %}
{% macro bigquery__try_cast_to(expression, type) -%}
    safe_cast({{ expression }} as {{ type }})
{%- endmacro %}

{# Reading times, as in reading_times.sql. #}
{% macro bigquery__time_of_digits(text) -%}
    {%- set digits = text_part(text, "'.'", 1) -%}
    case
        when length({{ digits }}) = 8 then timestamp(safe.parse_date('%Y%m%d', {{ digits }}))
        when length({{ digits }}) <= 10 then timestamp_seconds(cast({{ digits }} as int64))
        when length({{ digits }}) <= 13 then timestamp_millis(cast({{ digits }} as int64))
        when length({{ digits }}) <= 16 then timestamp_micros(cast({{ digits }} as int64))
        {#- 19 digits may be more than an INT64 holds. #}
        else timestamp_micros(cast(substr({{ digits }}, 1, length({{ digits }}) - 3) as int64))
    end
{%- endmacro %}

{# Regular expressions, as in regular_expressions.sql. #}
{% macro bigquery__regexp_contains(value, pattern) -%}
    regexp_contains({{ value }}, {{ pattern }})
{%- endmacro %}
{% macro bigquery__regexp_full_match(value, pattern) -%}
    regexp_contains({{ value }}, concat('^(?:', {{ pattern }}, ')$'))
{%- endmacro %}
{# A pattern that is none gives null. #}
{% macro bigquery__is_usable_pattern(pattern) -%}
    case
        when {{ pattern }} is not null
            then coalesce(not safe.regexp_contains('', {{ pattern }}), false)
    end
{%- endmacro %}
{# REGEXP_EXTRACT takes its only group, or the whole match. #}
{% macro bigquery__regexp_first(value, pattern, group) -%}
    nullif(regexp_extract({{ value }}, {{ pattern }}), '')
{%- endmacro %}
{% macro bigquery__regexp_replace_all(value, pattern, replacement) -%}
    regexp_replace({{ value }}, {{ pattern }}, {{ replacement }})
{%- endmacro %}

{# Structures, as in structures.sql. An array with nulls cannot be stored. #}
{% macro bigquery__text_struct(pairs) -%}
    struct(
        {%- for name, expression in pairs %}
        cast({{ expression }} as string) as {{ name }}{{ ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}
{% macro bigquery__json_text(struct) -%} to_json_string({{ struct }}) {%- endmacro %}
{# Structs have no order. #}
{% macro bigquery__greatest_struct(pairs) -%}
    array_agg({{ text_struct(pairs) }} order by {% for name, expression in pairs -%}
        {{ expression }} desc{{ ', ' if not loop.last }}
    {%- endfor %} limit 1)[offset(0)]
{%- endmacro %}
{% macro bigquery__first_struct(pairs, order_by) -%}
    array_agg({{ text_struct(pairs) }} order by {{ order_by | join(', ') }} limit 1)[offset(0)]
{%- endmacro %}
{% macro bigquery__array_of_structs(checks) -%}
    array(
        select checked
        from unnest([
            {%- for check in checks %}
            case
                when {{ check.condition }} then struct(
                    '{{ check.name }}' as column_name, cast({{ check.raw }} as string) as value
                )
            end{{ ',' if not loop.last }}
            {%- endfor %}
        ]) as checked
        where checked is not null
    )
{%- endmacro %}
{# `coalesce(null, [])` would be an array of numbers. #}
{% macro bigquery__joined_arrays(left, right) -%}
    {%- if left == 'null' -%} {{ right }}
    {%- else -%} array_concat(coalesce({{ left }}, []), coalesce({{ right }}, []))
    {%- endif -%}
{%- endmacro %}
{% macro bigquery__unnested(expression) -%} unnested_value {%- endmacro %}
{% macro bigquery__unnest_join(expression) -%}
    cross join unnest({{ expression }}) as unnested_value
{%- endmacro %}

{# Text, as in text.sql. In a literal a backslash begins an escape, also that of an apostrophe. #}
{% macro bigquery__text_literal(text) -%} {{ return(escaped_literal(text)) }} {%- endmacro %}
{% macro bigquery__trimmed_text(expression) -%}
    nullif(trim(cast({{ expression }} as string), {{ escaped_literal(blank_characters()[1:-1]) }}), '')
{%- endmacro %}
{% macro bigquery__text_contains(value, text) -%} (strpos({{ value }}, {{ text }}) > 0) {%- endmacro %}
{% macro bigquery__text_from(value, text) -%}
    substr({{ value }}, greatest(strpos({{ value }}, {{ text }}), 1))
{%- endmacro %}
{% macro bigquery__text_part(value, separator, number) -%}
    coalesce(split({{ value }}, {{ separator }})[safe_ordinal({{ number }})], '')
{%- endmacro %}
{% macro bigquery__ends_with(text, ending) -%} ends_with({{ text }}, {{ ending }}) {%- endmacro %}
{% macro bigquery__without_ending(text, character) -%} rtrim({{ text }}, {{ character }}) {%- endmacro %}
{% macro bigquery__joined_texts(separator, texts) -%}
    array_to_string([{{ texts | join(', ') }}], {{ separator }})
{%- endmacro %}
{% macro bigquery__edit_distance(one, other) -%} edit_distance({{ one }}, {{ other }}) {%- endmacro %}
{% macro bigquery__with_value(value, name, result) -%}
    (select {{ result }} from (select {{ value }} as {{ name }}))
{%- endmacro %}
{% macro bigquery__first_word(words, name, condition) -%}
    (
        select {{ name }}
        from unnest([{{ quoted_list(words) }}]) as {{ name }} with offset as place
        where {{ condition }}
        order by place
        limit 1
    )
{%- endmacro %}
{# Each run of escapes becomes its bytes; what is no UTF-8 becomes U+FFFD. #}
{% macro bigquery__percent_decoded(expression) -%}
    {{ with_value(bigquery__bytes_decoded(expression, '%[0-9a-fA-F]{2}'), 'decoded', "case when strpos(decoded, '\ufffd') = 0 then decoded else "
        ~ bigquery__bytes_decoded(expression, '%[0-7][0-9a-fA-F]') ~ ' end') }}
{%- endmacro %}
{% macro bigquery__bytes_decoded(expression, escape) -%}
    coalesce((
        select string_agg(
            case
                when regexp_contains(part, '^(?:{{ escape }})+$')
                    then safe_convert_bytes_to_string(from_hex(replace(part, '%', '')))
                else part
            end, '' order by place
        )
        from unnest(regexp_extract_all(
            {{ expression }}, '(?:{{ escape }})+|[^%]+|%'
        )) as part with offset as place
    ), {{ expression }})
{%- endmacro %}

{# Time, as in time.sql. #}
{% macro bigquery__seconds_between(start, end) -%}
    (unix_micros({{ end }}) - unix_micros({{ start }})) / 1e6
{%- endmacro %}
{% macro bigquery__add_seconds(timestamp, seconds) -%}
    timestamp_micros(unix_micros({{ timestamp }}) + cast(
        case when {{ seconds }} > 1e9 then 1e9 else {{ seconds }} end * 1e6 as int64
    ))
{%- endmacro %}
{% macro bigquery__add_days(timestamp, days) -%}
    timestamp_add({{ timestamp }}, interval ({{ days }}) * 24 hour)
{%- endmacro %}
{% macro bigquery__to_local_time(timestamp, time_zone) -%}
    timestamp(datetime({{ timestamp }}, '{{ time_zone }}'))
{%- endmacro %}
{# Of a time that there is twice TIMESTAMP takes the first, of one that there is not the one after. #}
{% macro bigquery__from_local_time(timestamp, time_zone) -%}
    timestamp(datetime({{ timestamp }}), '{{ time_zone }}')
{%- endmacro %}
