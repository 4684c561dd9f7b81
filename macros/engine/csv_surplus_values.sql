{# Why a CSV file cannot be read, in words, if a row has more values than the header has names: DuckDB
   would drop the last ones. Blank values are ignored. None if there is no such row.
   Arguments: path; separator and encoding, of `csv_separator` and `csv_header`; columns, the number of
   names in the header. Example: surplus_value_problem('raw/sessions.csv', ',', 'utf-8', 7) #}
{% macro surplus_value_problem(path, separator, encoding, columns) -%}
    {%- set separators = "length(line) - length(replace(line, '" ~ separator ~ "', ''))" -%}
    {%- set most = run_query(
        'select max(' ~ separators ~ ') from ' ~ file_lines(path, encoding)
    ).rows[0][0] -%}
    {%- do refused_lines() -%}
    {#- Most files are done here: no line has more separators, not even within quotes. #}
    {%- if most is none or most < columns -%}{{ return(none) }}{%- endif -%}
    {%- set types = {} -%}
    {%- for number in range([most + 1, columns + 20] | min) -%}
        {%- do types.update({'column' ~ number: 'varchar'}) -%}
    {%- endfor -%}
    {%- set surplus = (types | list)[columns:] -%}
    {%- set found = run_query(
        'select row_number, column0 from (select *, row_number() over () as row_number from read_csv('
        ~ path_list([path]) ~ ', columns = ' ~ (types | string) ~ ", auto_detect = false, skip = 1, "
        ~ "header = false, delim = '" ~ separator ~ "', quote = '\"', escape = '\"', "
        ~ "null_padding = true, strict_mode = false, parallel = false, hive_partitioning = false, "
        ~ "encoding = '" ~ encoding ~ "')) where trim(concat(" ~ (surplus | join(', '))
        ~ ")) != '' order by row_number limit 1"
    ).rows -%}
    {%- if found -%}
        {{ return(
            'row ' ~ found[0][0] | int ~ ' below the header (it begins with `' ~ found[0][1]
            ~ '`) has more values than the header has names; put a value that holds a `' ~ separator
            ~ '` in quotes (")'
        ) }}
    {%- endif -%}
    {{ return(none) }}
{%- endmacro %}
