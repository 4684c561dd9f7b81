{# Values within structs, and within lists of keys and values, as text. Arguments that end in `type` are
   the column's type as the engine names it: what it has no room for is null, for files of JSON have
   only the fields that some row fills. #}

{# A field of a struct, of any depth, as text. Example: nested_field('device', 'web_info.browser', type) #}
{% macro nested_field(struct, path, type) -%}
    {{ return(adapter.dispatch('nested_field', 'assisted_conversions')(struct, path, type)) }}
{%- endmacro %}
{% macro duckdb__nested_field(struct, path, type) -%}
    {%- if type.startswith('STRUCT') -%}
        {{ 'cast(' ~ struct ~ '.' ~ path ~ ' as varchar)' if path in struct_paths(type) else 'cast(null as varchar)' }}
    {%- else -%}
        json_extract_string(try_cast({{ struct }} as json), '$.{{ path }}')
    {%- endif -%}
{%- endmacro %}
{% macro default__nested_field() -%} {{ not_supported('nested_field', varargs) }} {%- endmacro %}

{# The value of a key in a list of structs (key, value), as text. A value is itself a struct with
   four fields: string_value, int_value, float_value and double_value. One of them has a value. Expects
   the columns of `keyed_lists` in the previous step.
   Example: keyed_value('event_params', 'page_location', type) #}
{% macro keyed_value(list, key, type) -%}
    {{ return(adapter.dispatch('keyed_value', 'assisted_conversions')(list, key, type)) }}
{%- endmacro %}
{% macro duckdb__keyed_value(list, key, type) -%}
    {%- set name = list | replace('"', '') -%}
    {{ name }}_texts[list_position({{ name }}_keys, '{{ key }}')]
{%- endmacro %}
{% macro default__keyed_value() -%} {{ not_supported('keyed_value', varargs) }} {%- endmacro %}

{# Columns of a select list, which make a list of keys and values cheap to search; none by default.
   Example: keyed_lists('event_params', type) #}
{% macro keyed_lists(list, type) -%}
    {{ return(adapter.dispatch('keyed_lists', 'assisted_conversions')(list, type)) }}
{%- endmacro %}
{# To take a struct out of a list for each key costs twice as much as to search among its texts. #}
{% macro duckdb__keyed_lists(list, type) -%}
    {%- set name = list | replace('"', '') -%}
    {%- set texts = ['cast(null as varchar)'] -%}
    {%- for field in keyed_value_fields() if 'value.' ~ field in struct_paths(type) -%}
        {%- do texts.append('cast(pair.value.' ~ field ~ ' as varchar)') -%}
    {%- endfor -%}
    {{ return([
        'list_transform(' ~ list ~ ', lambda pair: pair.key) as ' ~ name ~ '_keys',
        'list_transform(' ~ list ~ ', lambda pair: coalesce(' ~ (texts | join(', ')) ~ ')) as '
            ~ name ~ '_texts',
    ]) }}
{%- endmacro %}
{% macro default__keyed_lists(list, type) -%} {{ return([]) }} {%- endmacro %}

{# The fields of a value, by its type. #}
{% macro keyed_value_fields() -%}
    {{ return(['string_value', 'int_value', 'float_value', 'double_value']) }}
{%- endmacro %}

{# The paths of all fields in a type of DuckDB, structs in lists included.
   Example: struct_paths('STRUCT(a VARCHAR, b STRUCT(c INTEGER)[])') -> ['a', 'b', 'b.c'] #}
{% macro struct_paths(type) -%}
    {%- set paths = [] -%}
    {%- set open = [] -%}
    {%- set read = namespace(before='', at_name=false, path='') -%}
    {%- for token in modules.re.findall('"(?:[^"]|"")*"|\w+|[(),]', type) -%}
        {%- if token == '(' -%}
            {%- set read.at_name = read.before == 'STRUCT' -%}
            {%- do open.append({'path': read.path, 'has_names': read.at_name}) -%}
        {%- elif token == ')' -%}
            {%- set read.path = open.pop().path -%}
        {%- elif token == ',' -%}
            {%- set read.at_name = open[-1].has_names -%}
        {%- elif read.at_name -%}
            {%- set read.path = (open[-1].path ~ '.' if open[-1].path else '') ~ token.strip('"') -%}
            {%- do paths.append(read.path) -%}
            {%- set read.at_name = false -%}
        {%- endif -%}
        {%- set read.before = token -%}
    {%- endfor -%}
    {{ return(paths) }}
{%- endmacro %}
