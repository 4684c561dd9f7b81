{# Why DuckDB cannot read a CSV or JSON file as its writer meant it, in words; none where it can.
   DuckDB itself stops at a line that is not UTF-8 in the middle of a run. After a quote that is never
   closed it reads all rows that follow as one value, mostly without an error; where a second quote of
   that kind follows, it reads the rows between the two as one value.
   Arguments: path; separator and encoding, of `csv_separator` and `csv_header`.
   Example: csv_problem('raw/sessions.csv', ',', 'utf-8') -> line 7 is not UTF-8; ... #}
{% macro csv_problem(path, separator, encoding) -%}
    {%- set found = run_query(unclosed_quote_query(path, separator, encoding)).rows[0] -%}
    {%- set refused = refused_lines() -%}
    {%- if refused and refused[0]['error_type'] == 'INVALID ENCODING' -%}
        {{ return('line ' ~ refused[0]['line'] ~ ' is not UTF-8; save the file as UTF-8') }}
    {%- elif refused -%}
        {{ return(
            'line ' ~ refused[0]['line'] ~ ' cannot be read: ' ~ (refused[0]['error_type'] | lower)
        ) }}
    {%- elif found['open_line'] is not none -%}
        {{ return(
            'in the row that begins in line ' ~ found['open_line'] ~ ' a quote (") is opened and never '
            ~ 'closed; close it, and write a quote within a value twice ("")'
        ) }}
    {%- elif found['swallowed_line'] is not none -%}
        {{ return(
            'a quote (") that is opened in line ' ~ found['swallowing_line'] ~ ' ends in line '
            ~ found['swallowed_line'] ~ ' in the middle of a value, so the lines between would be read '
            ~ 'as part of one value; close it where its value ends, and write a quote within a value '
            ~ 'twice ("")'
        ) }}
    {%- endif -%}
    {{ return(none) }}
{%- endmacro %}

{# The lines that the last reading refused; DuckDB makes no table of errors for an empty file. #}
{% macro refused_lines() -%}
    {%- do run_query(
        'create temporary table if not exists csv_errors (line bigint, error_type varchar)'
    ) -%}
    {%- set refused = run_query('select line, error_type from csv_errors order by line').rows -%}
    {%- do run_query('drop table csv_errors; drop table if exists csv_scans') -%}
    {{ return(refused) }}
{%- endmacro %}

{# The table function that reads a file line by line; what it refuses is in temporary table
   csv_errors. #}
{% macro file_lines(path, encoding) -%}
    read_csv(
        {{ path_list([path]) }}, columns = {'line': 'varchar'}, auto_detect = false,
        header = false, delim = e'\x01\x02', quote = '', escape = '', strict_mode = false,
        parallel = false, store_rejects = true, rejects_limit = 1, rejects_table = 'csv_errors',
        rejects_scan = 'csv_scans', hive_partitioning = false, encoding = '{{ encoding }}'
    )
{%- endmacro %}

{# The line where a row with an unclosed quote begins; and the first line in which a quote from an
   earlier line ends in the middle, with the number of that earlier line. Null if there is none.
   The temporary table csv_errors then holds the first line that DuckDB refused to read.
   The file is read line by line, without quotes. As DuckDB reads CSV, a value is quoted if a
   quote is its first character after spaces; each quote that follows ends the quoted part or
   begins another. Whether a line ends within quotes depends on whether it begins within quotes,
   so each line that has a quote is tried both ways. It may end outside either way or inside
   either way; if not, it either keeps the state or reverses it. #}
{% macro unclosed_quote_query(path, separator=',', encoding='utf-8') -%}
    {%- set quoted = ' *"[^"]*("[^"' ~ separator ~ ']*"[^"]*)*' -%}
    {%- set ends_inside = "'^((" ~ quoted ~ '"[^"' ~ separator ~ ']*| *([^"' ~ separator
        ~ ' ][^' ~ separator ~ ']*)?)[' ~ separator ~ '])*' ~ quoted ~ "$'" -%}
    {%- set ends_in_a_value = "'^([^\"]|\"\")*\" *[^\" " ~ separator ~ "]'" -%}
with

lines as (

    select
        row_number() over () as line_number,
        line
    from {{ file_lines(path, encoding) }}

),

lines_with_quotes as (

    select
        line_number,
        regexp_matches(line, {{ ends_inside }}) as if_outside,
        regexp_matches('"' || line, {{ ends_inside }}) as if_inside,
        regexp_matches(line, {{ ends_in_a_value }}) as ends_in_a_value
    from lines
    where contains(line, '"')

),

reversals as (

    select
        *,
        count_if(if_outside and not if_inside) over (order by line_number) % 2 = 1 as is_reversed
    from lines_with_quotes

),

-- The state after a line: what the last line that sets it says, reversed as often as lines since.
states as (

    select
        line_number,
        ends_in_a_value,
        is_reversed != coalesce(
            last_value(
                case when if_outside = if_inside then if_outside != is_reversed end ignore nulls
            ) over (order by line_number),
            false
        ) as is_inside
    from reversals

),

openings as (

    select
        line_number,
        is_inside,
        is_inside and not lag(is_inside, 1, false) over (order by line_number) as is_opening,
        ends_in_a_value and lag(is_inside, 1, false) over (order by line_number) as is_swallowed
    from states

),

swallowed as (

    select min(case when is_swallowed then line_number end) as swallowed_line from openings

)

select
    case
        when arg_max(is_inside, line_number) then max(case when is_opening then line_number end)
    end as open_line,
    max(case when is_opening and line_number < swallowed_line then line_number end)
        as swallowing_line,
    any_value(swallowed_line) as swallowed_line
from openings
cross join swallowed
{%- endmacro %}
