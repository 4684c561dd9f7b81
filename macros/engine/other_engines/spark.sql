{# What differs on Apache Spark and on engines that speak its SQL: Sail, Databricks. Each macro is
   described where it is dispatched, in macros/engine. #}

{# Hashes, as in hashes.sql. #}
{% macro spark__row_hash(columns) -%} xxhash64({{ columns | join(', ') }}) {%- endmacro %}
{% macro spark__salted_hash(expression) -%}
    sha2(concat('${attribution.email_salt}', {{ expression }}), 256)
{%- endmacro %}
{# A setting of the session holds the salt. #}
{# Spark puts variables of its configuration into statements, and so does scripts/engines. #}
{% macro spark__check_email_salt(problems) -%}
    {%- set salt = run_query("select '${attribution.email_salt}' as salt").rows[0][0] -%}
    {%- if salt.startswith('$') or (env_var('ATTRIBUTION_EMAIL_SALT', '') and not salt) -%}
        {%- do problems.append(
            'Spark does not know the salt of e-mail hashes; put scripts/engines of the package on '
            ~ 'PYTHONPATH, or set `attribution.email_salt` in the configuration of Spark'
        ) -%}
    {%- endif -%}
{%- endmacro %}

{# Incremental models, as in incremental.sql. Delta in Sail takes no subquery in a delete. Parquet takes
   no merge: each run makes the table anew. #}
{% macro spark__changed_keys_strategy() -%} {{ return('append') }} {%- endmacro %}
{% macro spark__replace_strategy() -%}
    {{ return('append' if env_var('ATTRIBUTION_FILE_FORMAT', 'iceberg') == 'parquet' else 'merge') }}
{%- endmacro %}
{% macro spark__delete_rows_of_keys(table, key, keys, other_keys) -%}
    {%- if run_query('select * from ' ~ other_keys ~ ' as other_keys limit 1').rows -%}
    merge into {{ table }} as stored
    using (select distinct {{ key }} from {{ keys }} as listed) as changed
    on stored.{{ key }} = changed.{{ key }}
    when matched then delete
    {%- else -%}
    delete from {{ table }}
    {%- endif -%}
{%- endmacro %}

{# JSON, as in json.sql. #}
{% macro spark__json_source(expression) -%} to_json({{ expression }}) {%- endmacro %}
{% macro spark__json_field(text, path) -%}
    get_json_object({{ text }}, {{ text_literal("$['" ~ (path | join("']['")) ~ "']") }})
{%- endmacro %}

{# Lists, as in lists.sql. #}
{% macro spark__list_in_order(number, position) -%}
    transform(
        array_sort(collect_list(cast({{ position }} as bigint) * 1073741824 + {{ number }})),
        packed -> packed & 1073741823
    )
{%- endmacro %}
{% macro spark__each_number(list, expression) -%}
    transform({{ list }}, number -> {{ expression }})
{%- endmacro %}
{% macro spark__distinct_numbers(list) -%} array_sort(array_distinct({{ list }})) {%- endmacro %}
{% macro spark__without_repeats(list) -%}
    filter({{ list }}, (number, place) -> not number <=> get({{ list }}, place - 1))
{%- endmacro %}
{% macro spark__step_columns(list, order) -%}
    inline(transform(sequence(0, size({{ list }})), place -> named_struct(
        'back_0', cast(get({{ list }}, place) as bigint)
        {%- for back in range(1, order + 1) %},
        'back_{{ back }}', case
            when place >= {{ back }} then cast(get({{ list }}, place - {{ back }}) as bigint) else 0
        end
        {%- endfor %}
    )))
{%- endmacro %}

{# Nested values, as in nested.sql. #}
{% macro spark__nested_field(struct, path, type) -%}
    {{ 'cast(null as string)' if spark__lacks_field(type, path) else 'cast(' ~ struct ~ '.' ~ path ~ ' as string)' }}
{%- endmacro %}
{% macro spark__keyed_value(list, key, type) -%}
    coalesce(
        {%- for field in keyed_value_fields() if not spark__lacks_field(type, 'value.' ~ field) %}
        cast(get(filter({{ list }}, pair -> pair.key = '{{ key }}'), 0).value.{{ field }} as string),
        {%- endfor %}
        cast(null as string)
    )
{%- endmacro %}
{# Whether a type of structs has no such field. Spark names the first fields of a long struct only. #}
{% macro spark__lacks_field(type, path) -%}
    {%- set paths = struct_paths(
        type.replace('struct<', 'STRUCT(').replace('<', '(').replace('>', ')').replace(':', ' ')
    ) -%}
    {{ return(paths and path not in paths and ' more fields' not in type) }}
{%- endmacro %}

{# Amounts, as in amounts.sql. As DuckDB does it: what counts is the double times 10,000, which may lie
   below a half that the decimal would be. #}
{% macro spark__amount_of_double(expression, type) -%}
    cast(cast(round(cast({{ expression }} as double) * 10000) as decimal(38, 0)) / 10000 as {{ type }})
{%- endmacro %}

{# Numbers, as in numbers.sql. #}
{% macro spark__readable_number(number, decimals) -%}
    format_number(round(cast({{ number }} as double), 9), {{ decimals }})
{%- endmacro %}

{# Reading raw values, as in reading.sql. #}
{% macro spark__binary_in_hex(bytes) -%} lower(hex({{ bytes }})) {%- endmacro %}
{# Sail knows no exponents in a decimal. Spark takes digits of any alphabet for one, and an ending as in
   `1d` and `1f`. #}
{% macro spark__try_cast_to(expression, type) -%}
    {%- set has_plain_digits = 'cast(' ~ expression ~ " as string) rlike '^[ -~]*[^dDfF]$'" -%}
    {%- if type.startswith('decimal') -%}
    case
        when {{ has_plain_digits }} then coalesce(
            try_cast({{ expression }} as {{ type }}),
            try_cast(try_cast({{ expression }} as double) as {{ type }})
        )
    end
    {%- elif type == 'double' -%}
    case when {{ has_plain_digits }} then try_cast({{ expression }} as double) end
    {%- else -%}
    try_cast({{ expression }} as {{ type }})
    {%- endif -%}
{%- endmacro %}

{# Reading times, as in reading_times.sql. A value that is a time already is not read by its text, which
   would take most of the time of reading raw sessions. #}
{% macro spark__read_timestamp(raw, text, raw_type) -%}
    {%- if raw_type | lower in ['timestamp', 'timestamp_ntz', 'date'] -%}
    cast({{ raw }} as timestamp)
    {%- else -%}
    {{ default__read_timestamp(raw, text, raw_type) }}
    {%- endif -%}
{%- endmacro %}
{% macro spark__time_of_digits(text) -%}
    {%- set digits = "split_part(" ~ text ~ ", '.', 1)" -%}
    case
        when length({{ digits }}) = 8 then try_to_timestamp({{ digits }}, 'yyyyMMdd')
        when length({{ digits }}) <= 10 then timestamp_micros(cast({{ digits }} as bigint) * 1000000)
        when length({{ digits }}) <= 13 then timestamp_micros(cast({{ digits }} as bigint) * 1000)
        when length({{ digits }}) <= 16 then timestamp_micros(cast({{ digits }} as bigint))
        else timestamp_micros(cast(left({{ digits }}, length({{ digits }}) - 3) as bigint))
    end
{%- endmacro %}

{# Regular expressions, as in regular_expressions.sql. Java would read `[:space:]` within brackets as
   these letters. #}
{% macro spark__pattern(pattern) -%} {{ return(pattern | replace('[:space:]', '\\\\s')) }} {%- endmacro %}
{% macro spark__regexp_contains(value, pattern) -%}
    ({{ value }} rlike {{ spark__pattern(pattern) }})
{%- endmacro %}
{% macro spark__regexp_full_match(value, pattern) -%}
    ({{ value }} rlike concat('^(?:', {{ spark__pattern(pattern) }}, ')\\z'))
{%- endmacro %}
{% macro spark__is_usable_pattern(pattern) -%} (not '' rlike {{ pattern }}) {%- endmacro %}
{# (Without the cast Sail 0.7 fails on a part of a text.) #}
{% macro spark__regexp_first(value, pattern, group) -%}
    nullif(regexp_extract(cast({{ value }} as string), {{ spark__pattern(pattern) }}, {{ group }}), '')
{%- endmacro %}
{% macro spark__regexp_replace_all(value, pattern, replacement) -%}
    regexp_replace({{ value }}, {{ spark__pattern(pattern) }}, {{ replacement }})
{%- endmacro %}

{# Structures, as in structures.sql. #}
{% macro spark__text_struct(pairs) -%}
    named_struct(
        {%- for name, expression in pairs %}
        '{{ name }}', cast({{ expression }} as string){{ ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}
{% macro spark__first_struct(pairs, order_by) -%}
    min_by({{ text_struct(pairs) }}, struct({{ order_by | join(', ') }}))
{%- endmacro %}
{# Sail leaves the nulls of a struct out of its JSON. #}
{% macro spark__json_struct(pairs) -%}
    map(
        {%- for name, expression in pairs %}
        '{{ name }}', cast({{ expression }} as string){{ ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}
{# Sail writes control characters with small letters, DuckDB and Spark with capital ones. #}
{% macro spark__json_text(struct) -%}
    {%- set text = namespace(sql='to_json(' ~ struct ~ ')') -%}
    {%- for digits in ['0B', '0E', '0F', '1A', '1B', '1C', '1D', '1E', '1F'] -%}
        {%- set text.sql = "replace(" ~ text.sql ~ ", '\\\\u00" ~ digits | lower ~ "', '\\\\u00" ~ digits ~ "')" -%}
    {%- endfor -%}
    {{ text.sql }}
{%- endmacro %}
{% macro spark__struct_field(expression, field) -%} {{ expression }}['{{ field }}'] {%- endmacro %}
{% macro spark__array_of_structs(checks) -%}
    cast(array(
        {%- for check in checks %}
        case
            when {{ check.condition }} then named_struct(
                'column_name', '{{ check.name }}', 'value', cast({{ check.raw }} as string)
            )
        end{{ ',' if not loop.last }}
        {%- endfor %}
    ) as array<struct<column_name: string, value: string>>)
{%- endmacro %}
{% macro spark__joined_arrays(left, right) -%}
    concat(coalesce({{ left }}, array()), coalesce({{ right }}, array()))
{%- endmacro %}
{% macro spark__unnested(expression) -%} explode({{ expression }}) {%- endmacro %}

{# Tables, as in tables.sql. Parquet takes no updates, so the log of runs has a partition for each. #}
{% macro spark__file_format() -%}
    {{ return(graph.nodes['model.assisted_conversions.fct_conversions'].config.file_format) }}
{%- endmacro %}
{% macro spark__table_form(partition) -%}
    {%- set format = spark__file_format() -%}
    {%- set is_in_parts = partition and format == 'parquet' -%}
    {{ return('using ' ~ format ~ (' partitioned by (' ~ partition ~ ')' if is_in_parts else '')) }}
{%- endmacro %}

{# The log of runs, as in run_log.sql. #}
{% macro spark__close_run(runs, figures) -%}
    {%- if spark__file_format() != 'parquet' -%}
        {{ return(default__close_run(runs, figures)) }}
    {%- endif -%}
    {%- set run = run_query(
        'select run_number, command, cast(started_at as string) as started_at from ' ~ runs
        ~ " where invocation_id = '" ~ invocation_id ~ "'"
    ).rows[0] -%}
    {%- do run_query(
        'insert overwrite ' ~ runs ~ ' partition (run_number = ' ~ run[0] | int ~ ')'
        ~ ' (invocation_id, command, started_at, ' ~ figures.keys() | join(', ') ~ ')'
        ~ " select '" ~ invocation_id ~ "', '" ~ run[1] ~ "', timestamp '" ~ run[2] ~ "', "
        ~ figures.values() | join(', ')
    ) -%}
{%- endmacro %}

{# Text, as in text.sql. #}
{% macro spark__text_literal(text) -%}
    {{ return("'" ~ text | string | replace('\\', '\\\\') | replace("'", "\\'") ~ "'") }}
{%- endmacro %}
{# `trim` of more than spaces is expensive, as on DuckDB. The numbers are those of `!` and `~`. #}
{% macro spark__trimmed_text(expression) -%}
    {%- set text = 'cast(' ~ expression ~ ' as string)' -%}
    case
        when ascii({{ text }}) between 33 and 126 and ascii(right({{ text }}, 1)) between 33 and 126
            then {{ text }}
        else nullif(trim(both {{ blank_characters() }} from {{ text }}), '')
    end
{%- endmacro %}
{% macro spark__with_value(value, name, result) -%}
    get(transform(array({{ value }}), {{ name }} -> {{ result }}), 0)
{%- endmacro %}
{% macro spark__first_word(words, name, condition) -%}
    get(filter(array({{ quoted_list(words) }}), {{ name }} -> {{ condition }}), 0)
{%- endmacro %}
{# Escapes beyond ASCII are decoded where all of them are UTF-8: what is left without the sequences of
   UTF-8 must hold none. #}
{% macro spark__percent_decoded(expression) -%}
    {%- set next = '%[89abAB][0-9a-fA-F]' -%}
    {%- set sequences = [
        '%([cC][2-9a-fA-F]|[dD][0-9a-fA-F])' ~ next,
        '%[eE]0%[abAB][0-9a-fA-F]' ~ next,
        '%[eE]([1-9a-cA-CeEfF]' ~ next ~ '|[dD]%[89][0-9a-fA-F])' ~ next,
        '%[fF]0%[9abAB][0-9a-fA-F]' ~ next ~ next,
        '%[fF][1-3]' ~ next ~ next ~ next,
        '%[fF]4%8[0-9a-fA-F]' ~ next ~ next,
    ] -%}
    case
        when not contains({{ expression }}, '%') then {{ expression }}
        else url_decode(case
            when regexp_replace({{ expression }}, '{{ sequences | join("|") }}', '')
                rlike '%[89a-fA-F][0-9a-fA-F]'
                then {{ spark__with_escapes_only(expression, '[0-7]') }}
            else {{ spark__with_escapes_only(expression, '[0-9a-fA-F]') }}
        end)
    end
{%- endmacro %}
{# Text in which only the escapes whose first digit is of a class are left to decode: every other
   per cent sign is escaped, and so is a plus sign, which Spark takes for a space. #}
{% macro spark__with_escapes_only(expression, first_digit) -%}
    replace(replace(replace(
        regexp_replace({{ expression }}, '%({{ first_digit }}[0-9a-fA-F])', '\u0001$1'),
        '%', '%25'), '+', '%2B'), '\u0001', '%'
    )
{%- endmacro %}
{# dbt's `listagg` has no order on Spark. #}
{% macro spark__ordered_text(expression, order_by, separator) -%}
    nullif(array_join(transform(
        array_sort(collect_list(struct({{ order_by }} as position, {{ expression }} as text))),
        item -> item.text
    ), '{{ separator }}'), '')
{%- endmacro %}

{# Time, as in time.sql. #}
{% macro spark__later_date(date, number, unit) -%}
    {{ 'add_months' if unit == 'month' else 'date_add' }}({{ date }}, {{ number }})
{%- endmacro %}
{% macro spark__seconds_between(start, end) -%}
    (unix_micros({{ end }}) - unix_micros({{ start }})) / 1e6
{%- endmacro %}
{% macro spark__add_seconds(timestamp, seconds) -%}
    timestamp_micros(unix_micros({{ timestamp }}) + cast(
        case when {{ seconds }} > 1e9 then 1e9 else {{ seconds }} end * 1e6 as bigint
    ))
{%- endmacro %}
{% macro spark__add_days(timestamp, days) -%}
    timestamp_micros(unix_micros({{ timestamp }}) + ({{ days }}) * 86400000000)
{%- endmacro %}
{% macro spark__to_local_time(timestamp, time_zone) -%}
    from_utc_timestamp({{ timestamp }}, '{{ time_zone }}')
{%- endmacro %}
{% macro spark__from_local_time(timestamp, time_zone) -%}
    to_utc_timestamp({{ timestamp }}, '{{ time_zone }}')
{%- endmacro %}
