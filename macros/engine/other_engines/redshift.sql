{# What differs on Redshift from Postgres, whose page it reads otherwise. Each macro is described where
   it is dispatched, in macros/engine. Redshift has no functions of lists, so the data-driven models
   are not for it (setting `data_driven: false`). The problems of a row, the only other array, are a
   text: objects of JSON with commas between. #}

{# Hashes, as in hashes.sql. That of a null is null. #}
{% macro redshift__row_hash(columns) -%}
    fnv_hash(
        {%- for column in columns %}
        coalesce(cast(fnv_hash({{ column }}) as varchar), '-') || ','{{ ' ||' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}
{% macro redshift__rows_checksum(columns) -%}
    sum(cast({{ row_hash(columns) }} as decimal(38, 0)))
{%- endmacro %}
{% macro redshift__salted_hash(expression) -%} sha2({{ expression }}, 256) {%- endmacro %}
{% macro redshift__check_email_salt(problems) -%} {% do default__check_email_salt(problems) %} {%- endmacro %}

{# JSON, as in json.sql. A path may have five names. #}
{% macro redshift__json_source(expression) -%} json_serialize({{ expression }}) {%- endmacro %}
{% macro redshift__json_field(text, path) -%}
    nullif(json_extract_path_text({{ text }}, {{ quoted_list(path) }}, true), '')
{%- endmacro %}

{# Lists, as in lists.sql. #}
{% macro redshift__list_in_order() -%} {{ redshift__no_lists(varargs) }} {%- endmacro %}
{% macro redshift__each_number() -%} {{ redshift__no_lists(varargs) }} {%- endmacro %}
{% macro redshift__distinct_numbers() -%} {{ redshift__no_lists(varargs) }} {%- endmacro %}
{% macro redshift__without_repeats() -%} {{ redshift__no_lists(varargs) }} {%- endmacro %}
{% macro redshift__step_columns() -%} {{ redshift__no_lists(varargs) }} {%- endmacro %}
{# dbt also reads models that are switched off, but does not execute them. #}
{% macro redshift__no_lists(arguments) -%}
    {%- if execute -%}
        {{ exceptions.raise_compiler_error(
            'Redshift has no functions of lists, which the data-driven models need; set the var '
            ~ '`data_driven` to false'
        ) }}
    {%- endif -%}
{%- endmacro %}

{# Numbers, as in numbers.sql and amounts.sql. #}
{% macro redshift__rounded(expression, decimals) -%} {{ default__rounded(expression, decimals) }} {%- endmacro %}
{% macro redshift__amount_of_double(expression, type) -%}
    {{ default__amount_of_double(expression, type) }}
{%- endmacro %}
{% macro redshift__readable_number(number, decimals) -%}
    to_char(
        round(cast({{ number }} as double precision), 9),
        'FM999,999,999,999,990{{ '.' ~ '0' * decimals if decimals }}'
    )
{%- endmacro %}
{% macro redshift__median(expression) -%} median({{ expression }}) {%- endmacro %}

{# Reading raw values, as in reading.sql. A cast from a boolean to text is refused. #}
{% macro redshift__try_cast_to(expression, type) -%}
    {%- if type == 'boolean' -%}
        case
            when lower({{ expression }}) in ('true', 't', 'yes', 'y', '1') then true
            when lower({{ expression }}) in ('false', 'f', 'no', 'n', '0') then false
        end
    {%- else -%}
        try_cast(nullif(cast({{ expression }} as varchar(65535)), '') as {{ type }})
    {%- endif -%}
{%- endmacro %}
{% macro redshift__binary_in_hex(bytes) -%} from_varbyte({{ bytes }}, 'hex') {%- endmacro %}
{% macro redshift__plain_value(expression, raw_type) -%}
    {%- if raw_type | upper == 'BOOLEAN' -%}
        {{ return({
            'value': "case when " ~ expression ~ " then 'true' when not " ~ expression ~ " then 'false' end",
            'type': 'VARCHAR'
        }) }}
    {%- endif -%}
    {{ return(default__plain_value(expression, raw_type)) }}
{%- endmacro %}

{# Comparisons, as in comparisons.sql. #}
{% macro redshift__is_same(one, other) -%}
    coalesce({{ one }} = {{ other }}, {{ one }} is null and {{ other }} is null)
{%- endmacro %}

{# Reading times, as in reading_times.sql. #}
{% macro redshift__read_timestamp(raw, text, raw_type) -%}
    {{ default__read_timestamp(raw, text, raw_type) }}
{%- endmacro %}
{% macro redshift__time_of_digits(text) -%}
    {%- set digits = text_part(text, "'.'", 1) -%}
    {%- set number = 'cast(' ~ digits ~ ' as bigint)' -%}
    case
        when length({{ digits }}) = 8 then cast(try_cast({{ digits }} as date) as timestamp)
        when length({{ digits }}) <= 10 then {{ redshift__time_of_micros(number ~ ' * 1000000') }}
        when length({{ digits }}) <= 13 then {{ redshift__time_of_micros(number ~ ' * 1000') }}
        when length({{ digits }}) <= 16 then {{ redshift__time_of_micros(number) }}
        else {{ redshift__time_of_micros(number ~ ' / 1000') }}
    end
{%- endmacro %}
{% macro redshift__time_of_micros(micros) -%}
    dateadd(
        microsecond,
        mod({{ micros }}, 1000000),
        timestamp '1970-01-01' + ({{ micros }}) / 1000000 * interval '1 second'
    )
{%- endmacro %}

{# Regular expressions, as in regular_expressions.sql: those of Perl, by the argument `p`. #}
{% macro redshift__regexp_contains(value, pattern) -%}
    (regexp_instr({{ value }}, {{ pattern }}, 1, 1, 0, 'p') > 0)
{%- endmacro %}
{% macro redshift__regexp_full_match(value, pattern) -%}
    (regexp_instr({{ value }}, '^(?:' || {{ pattern }} || ')$', 1, 1, 0, 'p') > 0)
{%- endmacro %}
{% macro redshift__is_usable_pattern(pattern) -%}
    (regexp_instr('', {{ pattern }}, 1, 1, 0, 'p') = 0)
{%- endmacro %}
{% macro redshift__regexp_first(value, pattern, group) -%}
    nullif(regexp_substr({{ value }}, {{ pattern }}, 1, 1, '{{ 'pe' if group else 'p' }}'), '')
{%- endmacro %}
{% macro redshift__regexp_replace_all(value, pattern, replacement) -%}
    regexp_replace({{ value }}, {{ pattern }}, {{ replacement }}, 1, 'p')
{%- endmacro %}

{# Structures, as in structures.sql. #}
{% macro redshift__text_struct(pairs) -%}
    json_serialize(object(
        {%- for name, expression in pairs %}
        '{{ name }}', cast({{ expression }} as varchar(65535)){{ ',' if not loop.last }}
        {%- endfor %}
    ))
{%- endmacro %}
{# Texts of JSON are in the order of their first fields. #}
{% macro redshift__greatest_struct(pairs) -%} {{ default__greatest_struct(pairs) }} {%- endmacro %}
{% macro redshift__json_text(struct) -%} {{ struct }} {%- endmacro %}
{% macro redshift__struct_field(expression, field) -%}
    nullif(json_extract_path_text({{ expression }}, '{{ field }}'), '')
{%- endmacro %}
{% macro redshift__array_of_structs(checks) -%}
    {%- set structs = [] -%}
    {%- for check in checks -%}
        {%- do structs.append('case when ' ~ check.condition ~ ' then ' ~ text_struct([
            ['column_name', text_literal(check.name)], ['value', check.raw]
        ]) ~ ' end') -%}
    {%- endfor -%}
    {{ joined_texts("','", structs) }}
{%- endmacro %}
{% macro redshift__joined_arrays(left, right) -%}
    {{ joined_texts("','", ["nullif(" ~ left ~ ", '')", "nullif(" ~ right ~ ", '')"]) }}
{%- endmacro %}
{% macro redshift__unnested(expression) -%}
    json_extract_array_element_text('[' || {{ expression }} || ']', places.place)
{%- endmacro %}
{# No row has more than 50 columns that can be read wrong. #}
{% macro redshift__unnest_join(expression) -%}
    inner join (
        select generated_number - 1 as place from ({{ dbt_utils.generate_series(50) }}) as numbers
    ) as places
        on places.place < json_array_length('[' || {{ expression }} || ']')
{%- endmacro %}

{# Text, as in text.sql. In a literal a backslash begins an escape. A type without a length would cut at 256 bytes. #}
{% macro redshift__text_literal(text) -%} {{ return(escaped_literal(text)) }} {%- endmacro %}
{% macro redshift__type_string() -%} varchar(65535) {%- endmacro %}
{% macro redshift__trimmed_text(expression) -%}
    nullif(btrim(cast({{ expression }} as varchar(65535)), {{ blank_characters() }}), '')
{%- endmacro %}
{% macro redshift__joined_texts(separator, texts) -%}
    substring(
        {%- for text in texts %}
        coalesce({{ separator }} || {{ text }}, ''){{ ' ||' if not loop.last }}
        {%- endfor %},
        length({{ separator }}) + 1
    )
{%- endmacro %}
{# There is no such function: only equal texts are near. #}
{% macro redshift__edit_distance(one, other) -%}
    case when {{ one }} = {{ other }} then 0 else greatest(length({{ one }}), length({{ other }})) end
{%- endmacro %}
{# Neither lambdas nor subqueries can hold a value, so it is written wherever it is used. #}
{% macro redshift__with_value(value, name, result) -%}
    {{ modules.re.sub('\\b' ~ name ~ '\\b', ('(' ~ value ~ ')').replace('\\', '\\\\'), result) }}
{%- endmacro %}
{% macro redshift__first_word(words, name, condition) -%}
    case
        {%- for word in words %}
        when {{ with_value(text_literal(word), name, condition) }} then {{ text_literal(word) }}
        {%- endfor %}
    end
{%- endmacro %}
{# No function decodes bytes: escapes of ASCII signs are replaced, others stay as written. #}
{% macro redshift__percent_decoded(expression) -%}
    {{ own_relation('run_log', 'percent_decoded').include(database=false) }}({{ expression }})
{%- endmacro %}
{% macro redshift__make_functions() -%}
    {%- set function = own_relation('run_log', 'percent_decoded') -%}
    {%- set decoded = namespace(sql='$1') -%}
    {%- for sign in ' !"#$&\'()*+,-./:;<=>?@[\\]^_`{|}~%' -%}
        {%- set escape = '%' ~ '%02X' % (sign.encode() | list | first) -%}
        {%- for written in [escape, escape | lower] | unique(case_sensitive=true) -%}
            {%- set decoded.sql = 'replace(' ~ decoded.sql ~ ", '" ~ written ~ "', " ~ text_literal(sign) ~ ')' -%}
        {%- endfor -%}
    {%- endfor -%}
    {%- do adapter.create_schema(function) -%}
    {%- do run_query(
        'create or replace function ' ~ function.include(database=false)
        ~ '(varchar(65535)) returns varchar(65535) immutable as $$ select ' ~ decoded.sql ~ ' $$ language sql'
    ) -%}
    {%- do adapter.commit() -%}
{%- endmacro %}
{% macro redshift__ordered_text(expression, order_by, separator) -%}
    {{ default__ordered_text(expression, order_by, separator) }}
{%- endmacro %}

{# Time, as in time.sql. #}
{% macro redshift__seconds_between(start, end) -%}
    (cast(datediff(microsecond, {{ start }}, {{ end }}) as double precision) / 1000000)
{%- endmacro %}
{# Whole seconds and the rest apart: DATEADD takes no numbers of 64 bits. #}
{% macro redshift__add_seconds(timestamp, seconds) -%}
    {%- set capped = 'case when ' ~ seconds ~ ' > 1e9 then 1e9 else ' ~ seconds ~ ' end' -%}
    dateadd(
        microsecond,
        cast(round(({{ capped }} - floor({{ capped }})) * 1000000) as integer),
        {{ timestamp }} + cast(floor({{ capped }}) as bigint) * interval '1 second'
    )
{%- endmacro %}
{% macro redshift__to_local_time(timestamp, time_zone) -%}
    convert_timezone('UTC', '{{ time_zone }}', {{ timestamp }})
{%- endmacro %}
{% macro redshift__from_local_time(timestamp, time_zone) -%}
    convert_timezone('{{ time_zone }}', 'UTC', {{ timestamp }})
{%- endmacro %}
{% macro redshift__timezone_exists(name) -%} {{ return(default__timezone_exists(name)) }} {%- endmacro %}
