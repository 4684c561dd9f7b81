{# What differs on Postgres, from version 14 on. Each macro is described where it is dispatched, in
   macros/engine. A scalar subquery stands for what other engines do with a lambda; `offset 0` keeps
   Postgres from working the value out again wherever it is used. #}

{# Hashes, as in hashes.sql. As JSON, a null is no empty text. #}
{% macro postgres__row_hash(columns) -%}
    hashtextextended(cast(json_build_array({{ columns | join(', ') }}) as text), 0)
{%- endmacro %}
{% macro postgres__salted_hash(expression) -%}
    encode(sha256(convert_to(
        coalesce(current_setting('attribution.email_salt', true), '') || {{ expression }}, 'UTF8'
    )), 'hex')
{%- endmacro %}
{% macro postgres__check_email_salt(problems) -%}
    {%- if env_var('ATTRIBUTION_EMAIL_SALT', '') and run_query(
        "select coalesce(current_setting('attribution.email_salt', true), '') = ''"
    ).rows[0][0] -%}
        {%- do problems.append(
            'environment variable ATTRIBUTION_EMAIL_SALT is set, but has not reached Postgres; put the '
            ~ 'folder scripts/engines of the package assisted_conversions on PYTHONPATH, and leave '
            ~ '`search_path` out of this output of profiles.yml'
        ) -%}
    {%- endif -%}
{%- endmacro %}

{# Checksums, as in checksums.sql. #}
{% macro postgres__rows_checksum(columns) -%} sum({{ row_hash(columns) }}) {%- endmacro %}

{# JSON, as in json.sql. A text that is no JSON stops the query: only version 16 can try one. #}
{% macro postgres__json_source(expression) -%} cast({{ expression }} as text) {%- endmacro %}
{% macro postgres__json_field(text, path) -%}
    (cast({{ text }} as jsonb) #>> array[{{ quoted_list(path) }}])
{%- endmacro %}

{# Lists, as in lists.sql. #}
{% macro postgres__list_in_order(number, position) -%}
    array_agg({{ number }} order by {{ position }})
{%- endmacro %}
{% macro postgres__each_number(list, expression) -%}
    array(
        select {{ expression }}
        from unnest({{ list }}) with ordinality as numbers (number, place)
        order by place
    )
{%- endmacro %}
{% macro postgres__distinct_numbers(list) -%}
    array(select distinct number from unnest({{ list }}) as numbers (number) order by number)
{%- endmacro %}
{% macro postgres__without_repeats(list) -%}
    array(
        select number
        from unnest({{ list }}) with ordinality as numbers (number, place)
        where number is distinct from ({{ list }})[place - 1]
        order by place
    )
{%- endmacro %}
{# As on DuckDB, lists that are unnested side by side are padded with nulls. #}
{% macro postgres__step_columns(list, order) -%}
    unnest({{ list }}) as back_0
    {%- for back in range(1, order + 1) %},
    unnest(
        (array{{ [0] * back }} || {{ list }})[1:cardinality({{ list }}) + 1]
    ) as back_{{ back }}
    {%- endfor %}
{%- endmacro %}

{# Numbers, as in numbers.sql. Of a double, to_char rounds as DuckDB does. #}
{% macro postgres__double_type() -%} {{ return('double precision') }} {%- endmacro %}
{% macro postgres__readable_number(number, decimals) -%}
    to_char(
        cast(round(cast({{ number }} as numeric), 9) as double precision),
        'FM999,999,999,999,990{{ '.' ~ '0' * decimals if decimals }}'
    )
{%- endmacro %}

{# By way of its text: a cast to numeric keeps 15 digits of a double. #}
{% macro postgres__rounded(expression, decimals) -%}
    round(cast(cast({{ expression }} as varchar) as numeric), {{ decimals }})
{%- endmacro %}
{# As DuckDB does it: what counts is the double times 10,000, which may lie below a half that the
   decimal would be. #}
{% macro postgres__amount_of_double(expression, type) -%}
    cast(
        round(cast(cast(cast({{ expression }} as double precision) * 10000 as varchar) as numeric))
        / 10000 as {{ type }}
    )
{%- endmacro %}
{% macro postgres__median(expression) -%}
    percentile_cont(0.5) within group (order by {{ expression }})
{%- endmacro %}

{# Reading raw values, as in reading.sql. Postgres has no cast that yields null, so a value is cast
   only if it is written as one of its type, and fits. #}
{% macro postgres__try_cast_to(expression, type) -%}
    {%- set text = 'cast(' ~ expression ~ ' as text)' -%}
    {%- if type == 'boolean' -%}
        case
            when lower({{ text }}) in ('true', 't', 'yes', 'y', '1') then true
            when lower({{ text }}) in ('false', 'f', 'no', 'n', '0') then false
        end
    {%- else -%}
        {%- set scale = (type ~ ',0').split(',')[1].strip(' )') | int -%}
        {%- set limit = {'bigint': '9223372036854775808', double_type(): '1e308'}.get(
            type, '1e' ~ ((type ~ '(0').split('(')[1].split(',')[0] | int - scale)
        ) -%}
        {%- set value = 'case when abs(number) < 1e-300 then 0 else number end' if type == double_type() else 'round(number, ' ~ scale ~ ')' -%}
        {{ with_value(with_value(
            text, 'written',
            "case when length(written) < 400 and written ~ '^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)"
            ~ "([eE][+-]?[0-9]{1,3})?$' then cast(written as numeric) end"
        ), 'number', 'case when abs(' ~ value ~ ') < ' ~ limit ~ ' then cast(' ~ value ~ ' as ' ~ type ~ ') end'
        ) }}
    {%- endif -%}
{%- endmacro %}
{% macro postgres__binary_in_hex(bytes) -%} encode({{ bytes }}, 'hex') {%- endmacro %}
{% macro postgres__plain_value(expression, raw_type) -%}
    {%- set type = raw_type | upper -%}
    {%- if type == 'TIMESTAMP WITH TIME ZONE' -%}
        {{ return({'value': "timezone('UTC', " ~ expression ~ ')', 'type': 'TIMESTAMP'}) }}
    {%- elif type.startswith('TIMESTAMP') -%}
        {{ return({'value': expression, 'type': 'TIMESTAMP'}) }}
    {%- elif type == 'DOUBLE PRECISION' -%}
        {#- Whole ones are written with a point, as DuckDB does it. #}
        {{ return({'value': 'case when ' ~ expression ~ ' = trunc(' ~ expression ~ ') and abs('
            ~ expression ~ ") < 1e15 then cast(" ~ expression ~ " as text) || '.0' else cast("
            ~ expression ~ ' as text) end', 'type': 'TEXT'}) }}
    {%- elif type == 'BYTEA' -%}
        {{ return({'value': postgres_binary_text(expression), 'type': 'TEXT'}) }}
    {%- elif type in ['TEXT', 'DATE', 'BOOLEAN'] or is_number_type(type) -%}
        {{ return({'value': expression, 'type': type}) }}
    {%- endif -%}
    {{ return({'value': 'cast(' ~ expression ~ ' as text)', 'type': 'TEXT'}) }}
{%- endmacro %}
{% macro postgres_binary_text(bytes) -%}
    case
        when octet_length({{ bytes }}) = 16
            and (
                encode({{ bytes }}, 'hex') ~ '^.{12}[1-8].{3}[89ab].{15}$'
                or not {{ postgres_is_utf8(bytes) }}
            )
            then cast(cast(encode({{ bytes }}, 'hex') as uuid) as text)
        when {{ postgres_is_utf8(bytes) }} then convert_from({{ bytes }}, 'UTF8') collate "default"
        else encode({{ bytes }}, 'hex')
    end
{%- endmacro %}
{# Whether bytes are text in UTF-8 as Postgres takes it: without zero bytes. #}
{% macro postgres_is_utf8(bytes) -%}
    {%- set next = '[89ab][0-9a-f]' -%}
    (
        encode({{ bytes }}, 'hex')
        ~ '^(?:0[1-9a-f]|[1-7][0-9a-f]|(?:c[2-9a-f]|d[0-9a-f]){{ next }}|e0[ab][0-9a-f]{{ next }}|(?:e[1-9abcef]{{ next }}|ed[89][0-9a-f]){{ next }}|f0[9ab][0-9a-f](?:{{ next }}){2}|f[123](?:{{ next }}){3}|f48[0-9a-f](?:{{ next }}){2})*$'
    )
{%- endmacro %}

{# Reading times, as in reading_times.sql. Postgres stops at a day that is none, as the 30th of
   February. #}
{% macro postgres__read_timestamp(raw, text, raw_type) -%}
    {%- set type = raw_type | upper -%}
    {%- if type in ['TIMESTAMP', 'DATE'] -%}
        case when isfinite({{ raw }}) then cast({{ raw }} as timestamp) end
    {%- elif is_number_type(type) -%}
        {{ time_of_digits(whole_number_text(raw, text, type)) }}
    {%- else -%}
        {%- set zone = '( ?(UTC|Z|[+-][0-9]{2}(:?[0-9]{2})?))' -%}
        case
            when {{ text }} is null then null
            when {{ regexp_full_match(text, iso_time_pattern()) }}
                then case when {{ postgres_is_day(text) }} then cast(left({{ text }}, 26) as timestamp) end
            when {{ regexp_full_match(text, iso_time_pattern(zone=zone)) }}
                then case when {{ postgres_is_day(text) }} then {{ postgres_zoned_time(text) }} end
            else {{ time_of_digits(text) }}
        end
    {%- endif -%}
{%- endmacro %}
{# Whether the date that a text begins with is a day. #}
{% macro postgres_is_day(text) -%}
    {{ text }} > '0001' and substr({{ text }}, 9, 2) between '01' and case substr({{ text }}, 6, 2)
        when '02' then case
            when cast(left({{ text }}, 4) as integer) % 4 = 0 and (
                cast(left({{ text }}, 4) as integer) % 100 != 0
                or cast(left({{ text }}, 4) as integer) % 400 = 0
            ) then '29' else '28'
        end
        {%- for month in ['04', '06', '09', '11'] %}
        when '{{ month }}' then '30'
        {%- endfor %}
        else case when substr({{ text }}, 6, 2) between '01' and '12' then '31' else '00' end
    end
{%- endmacro %}
{# The UTC time of a text with a zone: its wall-clock time less hours and minutes of the offset. #}
{% macro postgres_zoned_time(text) -%}
    cast(left(substring({{ text }}, '^.{11}[0-9:.]+'), 26) as timestamp) - coalesce(
        cast(regexp_replace(
            substring(substr({{ text }}, 12), '[+-][0-9]{2}:?[0-9]{0,2}$'),
            '^(.)(..):?(.*)$', '\1\2 hours \10\3 minutes'
        ) as interval), interval '0'
    )
{%- endmacro %}
{% macro postgres__time_of_digits(text) -%}
    {%- set digits = 'split_part(' ~ text ~ ", '.', 1)" -%}
    {%- set day = '(left(' ~ digits ~ ", 4) || '-' || substr(" ~ digits ~ ", 5, 2) || '-' || substr("
        ~ digits ~ ', 7, 2))' -%}
    {%- set since_1970 = "timestamp '1970-01-01' + interval '1 microsecond' * cast(" -%}
    case
        when not {{ regexp_full_match(text, time_number_pattern()) }} then null
        when length({{ digits }}) = 8
            then case when {{ postgres_is_day(day) }} then cast({{ day }} as timestamp) end
        when length({{ digits }}) <= 10 then {{ since_1970 ~ digits }} || '000000' as bigint)
        when length({{ digits }}) <= 13 then {{ since_1970 ~ digits }} || '000' as bigint)
        when length({{ digits }}) <= 16 then {{ since_1970 ~ digits }} as bigint)
        else {{ since_1970 }}left({{ digits }}, -3) as bigint)
    end
{%- endmacro %}

{# Regular expressions, as in regular_expressions.sql. Options as `(?i)` may only begin a pattern. #}
{% macro postgres__regexp_contains(value, pattern) -%} ({{ value }} ~ {{ pattern }}) {%- endmacro %}
{% macro postgres__regexp_full_match(value, pattern) -%}
    {%- if pattern.startswith("'") and pattern.count("'") == 2 -%}
        ({{ value }} ~ {{ modules.re.sub("(?s)^'([(][?][a-z]+[)])?(.*)'$", "'\\1^(?:\\2)$'", pattern) }})
    {%- else -%}
        ({{ value }} ~ regexp_replace({{ pattern }}, '^([(][?][a-z]+[)])?(.*)$', '\1^(?:\2)$'))
    {%- endif -%}
{%- endmacro %}
{# Postgres has no way to try a pattern: it stops at one that is none, and names what is wrong. #}
{% macro postgres__is_usable_pattern(pattern) -%} (not '' ~ {{ pattern }}) {%- endmacro %}
{% macro postgres__regexp_first(value, pattern, group) -%}
    nullif((regexp_match({{ value }}, {{ pattern }}))[{{ [group, 1] | max }}], '')
{%- endmacro %}
{% macro postgres__regexp_replace_all(value, pattern, replacement) -%}
    regexp_replace({{ value }}, {{ pattern }}, {{ replacement }}, 'g')
{%- endmacro %}

{# Structures, as in structures.sql: JSON, which keeps the order of its fields. #}
{% macro postgres__text_struct(pairs) -%}
    json_build_object(
        {%- for name, expression in pairs %}
        '{{ name }}', cast({{ expression }} as text){{ ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}
{# Control characters as DuckDB escapes them, with capital letters: \u001F. #}
{% macro postgres_upper_escapes(json) -%}
    {%- set changed = namespace(text=json) -%}
    {%- for letter in 'abcdef' -%}
        {%- set changed.text = 'regexp_replace(' ~ changed.text ~ ", '(?<!\\\\)(\\\\u00[01])" ~ letter
            ~ "', '\\1" ~ (letter | upper) ~ "', 'g')" -%}
    {%- endfor -%}
    case when strpos({{ json }}, '\u00') > 0 then {{ changed.text }} else {{ json }} end
{%- endmacro %}
{% macro postgres__json_text(struct) -%}
    (
        select '{' || string_agg(
            cast(to_json(field) as text) || ':' || {{ postgres_upper_escapes('cast(content as text)') }},
            ',' order by place
        ) || '}'
        from json_each({{ struct }}) with ordinality as fields (field, content, place)
    )
{%- endmacro %}
{% macro postgres__greatest_struct(pairs) -%}
    (array_agg({{ text_struct(pairs) }} order by {% for name, expression in pairs -%}
        cast({{ expression }} as text) desc{{ ', ' if not loop.last }}
    {%- endfor %}))[1]
{%- endmacro %}
{% macro postgres__struct_field(expression, field) -%} ({{ expression }} ->> '{{ field }}') {%- endmacro %}
{% macro postgres__array_of_structs(checks) -%}
    cast(array[
        {%- for check in checks %}
        case
            when {{ check.condition }} then jsonb_build_object(
                'column_name', '{{ check.name }}', 'value', cast({{ check.raw }} as text)
            )
        end{{ ',' if not loop.last }}
        {%- endfor %}
    ] as jsonb[])
{%- endmacro %}
{% macro postgres__joined_arrays(left, right) -%} cast({{ left }} as jsonb[]) || {{ right }} {%- endmacro %}
{% macro postgres__unnested(expression) -%} unnest({{ expression }}) {%- endmacro %}

{# Steps, as in steps.sql. #}
{% macro postgres__end_of_step() -%} {{ return('offset 0') }} {%- endmacro %}

{# Tables, as in tables.sql. dbt knows of no transaction that `run_query` has begun. #}
{% macro postgres__commit_changes() -%} {%- do run_query('commit') -%} {%- endmacro %}

{# Text, as in text.sql. #}
{% macro postgres__trimmed_text(expression) -%}
    nullif(btrim(cast({{ expression }} as text), {{ blank_characters() }}), '')
{%- endmacro %}
{% macro postgres__with_value(value, name, result) -%}
    (select {{ result }} from (select {{ value }} as {{ name }} offset 0) as with_{{ name }})
{%- endmacro %}
{% macro postgres__first_word(words, name, condition) -%}
    (
        select {{ name }}
        from unnest(array[{{ quoted_list(words) }}]) with ordinality as words ({{ name }}, word_place)
        where {{ condition }}
        order by word_place
        limit 1
    )
{%- endmacro %}
{# (What convert_from makes would be ordered and lower-cased by bytes: its collation is that of a name.)
   The text in pieces, each an escape or what stands between; `%00` stays, as no text of Postgres holds
   a zero byte. #}
{% macro postgres__percent_decoded(expression) -%}
    case
        when position('%' in {{ expression }}) > 0 then (
            select convert_from(
                case when {{ postgres_is_utf8('all_bytes') }} then all_bytes else ascii_bytes end, 'UTF8'
            ) collate "default"
            from (
                select
                    string_agg(
                        case
                            when piece[1] ~ '^%.' then decode(substr(piece[1], 2), 'hex')
                            else convert_to(piece[1], 'UTF8')
                        end, '' order by place
                    ) as all_bytes,
                    string_agg(
                        case
                            when piece[1] ~ '^%[0-7]' then decode(substr(piece[1], 2), 'hex')
                            else convert_to(piece[1], 'UTF8')
                        end, '' order by place
                    ) as ascii_bytes
                from regexp_matches({{ expression }}, '%(?!00)[0-9A-Fa-f]{2}|[^%]+|%', 'g') with ordinality as pieces (piece, place)
                offset 0
            ) as decoded
        )
        else {{ expression }}
    end
{%- endmacro %}

{# Of the extension fuzzystrmatch, which takes texts of 255 bytes. Known spellings are far shorter, so a
   longer text is as far from them as can be. #}
{% macro postgres__edit_distance(one, other) -%}
    case
        when greatest(octet_length({{ one }}), octet_length({{ other }})) > 255
            then greatest(length({{ one }}), length({{ other }}))
        else levenshtein({{ one }}, {{ other }})
    end
{%- endmacro %}

{# Time, as in time.sql. #}
{% macro postgres__seconds_between(start, end) -%}
    cast(extract(epoch from {{ end }} - {{ start }}) as double precision)
{%- endmacro %}
{% macro postgres__add_seconds(timestamp, seconds) -%}
    {{ timestamp }} + interval '1 microsecond' * cast(
        case when {{ seconds }} > 1e9 then 1e9 else {{ seconds }} end * 1e6 as bigint
    )
{%- endmacro %}
{% macro postgres__to_local_time(timestamp, time_zone) -%} {{ duckdb__to_local_time(timestamp, time_zone) }} {%- endmacro %}
{% macro postgres__from_local_time(timestamp, time_zone) -%} {{ duckdb__from_local_time(timestamp, time_zone) }} {%- endmacro %}
{% macro postgres__timezone_exists(name) -%} {{ return(duckdb__timezone_exists(name)) }} {%- endmacro %}
