{# How a CSV or JSON file is written. #}

{# The encoding of a CSV file, `utf-8` or `utf-16`, its header line, and why the file cannot be read in
   its encoding, if so. A file of UTF-16 that is read as UTF-8 has zero bytes. Of UTF-16 DuckDB reads
   the byte order of Windows, and no characters of two units, as emoji: at those it stops. #}
{% macro csv_header(file) -%}
    {%- set rows = run_query(
        'select line, contains(line, chr(0)) from ' ~ file_lines(file.path, 'utf-8') ~ ' limit 1'
    ).rows -%}
    {%- set refused = refused_lines() -%}
    {%- if not refused and not (rows and rows[0][1]) -%}
        {{ return(['utf-8', ((rows[0][0] if rows else '') or '').lstrip('\ufeff'), none]) }}
    {%- endif -%}
    {%- set found = run_query(
        'select left(hex(content), 4) as mark, regexp_matches(hex(content), '
        ~ "'^(?:.{4})*?..D[89A-F]') as has_pairs from read_blob(" ~ path_list([file.path]) ~ ')'
    ).rows[0] -%}
    {%- set remedy = '; save it as UTF-8 (in a spreadsheet: CSV UTF-8)' -%}
    {%- if found['mark'] == 'FEFF' -%}
        {{ return(['utf-8', '', 'it is UTF-16 in big-endian byte order' ~ remedy]) }}
    {%- elif found['mark'] != 'FFFE' -%}
        {{ return(['utf-8', '', 'line 1 is not UTF-8' ~ remedy]) }}
    {%- elif found['has_pairs'] -%}
        {{ return(['utf-8', '', 'it is UTF-16 with characters that are read from UTF-8 only, as emoji' ~ remedy]) }}
    {%- endif -%}
    {%- set rows = run_query('select line from ' ~ file_lines(file.path, 'utf-16') ~ ' limit 1').rows -%}
    {%- do refused_lines() -%}
    {{ return(['utf-16', ((rows[0][0] if rows else '') or '').lstrip('\ufeff'), none]) }}
{%- endmacro %}

{# The names in a CSV header, in lower case. Example: header_names('"Id";Day', ';') -> ['id', 'day'] #}
{% macro header_names(header, separator) -%}
    {%- set names = [] -%}
    {%- for name in header.split(separator) -%}
        {%- do names.append(name.strip('" ') | lower) -%}
    {%- endfor -%}
    {{ return(names) }}
{%- endmacro %}

{# The lower-case names of the columns that are declared for a file: of `raw_files`, or with its own. #}
{% macro declared_names(file) -%}
    {{ return(file.declared or raw_declaration(file.table).columns | map(attribute='name') | list) }}
{%- endmacro %}

{# Why a file cannot be read, in words, if a declared column stands in its header more than once. #}
{% macro repeated_column_problem(file, names) -%}
    {%- for name in declared_names(file) if names | select('equalto', name) | list | length > 1 -%}
        {{ return('its header has the column `' ~ name ~ '` more than once; rename or remove one') }}
    {%- endfor -%}
    {{ return(none) }}
{%- endmacro %}

{# The separator of a CSV file: the one by which its header has the most declared columns, and the
   most columns of those. Arguments: header, a line; file, of `raw_files`. #}
{% macro csv_separator(header, file) -%}
    {%- set best = namespace(separator=',', score=0) -%}
    {%- set declared = declared_names(file) -%}
    {%- for separator in [',', ';', '\t', '|'] -%}
        {%- set names = header_names(header, separator) -%}
        {%- set known = names | select('in', declared) | list | length -%}
        {%- if known * 10000 + (names | length) - 1 > best.score -%}
            {%- set best.score = known * 10000 + (names | length) - 1 -%}
            {%- set best.separator = separator -%}
        {%- endif -%}
    {%- endfor -%}
    {{ return(best.separator) }}
{%- endmacro %}

{# Why a JSON file cannot be read, in words; none where it can. It holds one object a line, or is an
   array of objects. DuckDB takes an array that is cut off for a whole one. Compressed files are left
   to DuckDB. #}
{% macro json_problem(path) -%}
    {%- if (path | lower).split('.')[-1] in ['gz', 'zst'] -%}{{ return(none) }}{%- endif -%}
    {%- set found = run_query(
        'with files as (select content from read_text(' ~ path_list([path]) ~ ')), '
        ~ 'lines as (select unnest(string_split(content, chr(10))) as line, '
        ~ "generate_subscripts(string_split(content, chr(10)), 1) as line_number from files) "
        ~ 'select (select json_valid(content) from files) as is_whole, '
        ~ "min(case when trim(line, e' \\t\\r\\n') != '' and not json_valid(line) then line_number end) "
        ~ 'as bad_line from lines'
    ).rows[0] -%}
    {%- if not found['is_whole'] and found['bad_line'] is not none -%}
        {{ return(
            'line ' ~ found['bad_line'] ~ ' is no whole JSON object, nor is the file a JSON array; write '
            ~ 'one object a line, or one array'
        ) }}
    {%- endif -%}
    {{ return(none) }}
{%- endmacro %}
