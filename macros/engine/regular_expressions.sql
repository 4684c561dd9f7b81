{# Regular expressions. Values and patterns are SQL expressions; `(?i)` at the start of a pattern
   ignores case. Write a literal dot as [.]: engines differ in how they read a backslash. #}

{# Whether a pattern matches anywhere in a value. Example: regexp_contains('user_agent', "'bot'") #}
{% macro regexp_contains(value, pattern) -%}
    {{ return(adapter.dispatch('regexp_contains', 'assisted_conversions')(value, pattern)) }}
{%- endmacro %}
{% macro duckdb__regexp_contains(value, pattern) -%}
    regexp_matches({{ value }}, {{ pattern }})
{%- endmacro %}
{% macro default__regexp_contains() -%} {{ not_supported('regexp_contains', varargs) }} {%- endmacro %}

{# Whether a pattern matches the whole value. Example: regexp_full_match('medium',
   "'ppc|paid.*'") #}
{% macro regexp_full_match(value, pattern) -%}
    {{ return(adapter.dispatch('regexp_full_match', 'assisted_conversions')(value, pattern)) }}
{%- endmacro %}
{% macro duckdb__regexp_full_match(value, pattern) -%}
    regexp_full_match({{ value }}, {{ pattern }})
{%- endmacro %}
{% macro default__regexp_full_match() -%} {{ not_supported('regexp_full_match', varargs) }} {%- endmacro %}

{# Whether a text is a regular expression that does not match an empty text; null where it is null.
   Spark has no way to try one: it stops at the pattern itself, and names it. #}
{% macro is_usable_pattern(pattern) -%}
    {{ return(adapter.dispatch('is_usable_pattern', 'assisted_conversions')(pattern)) }}
{%- endmacro %}
{% macro duckdb__is_usable_pattern(pattern) -%}
    case when {{ pattern }} is not null then coalesce(not try(regexp_matches('', {{ pattern }})), false) end
{%- endmacro %}
{% macro default__is_usable_pattern() -%} {{ not_supported('is_usable_pattern', varargs) }} {%- endmacro %}

{# What a group of a pattern holds at its first match; null where nothing matches, or an empty
   text. Arguments: value, pattern; group, its number, 0 for the whole match.
   Example: regexp_first('host', "'^www[.](.+)$'", 1) #}
{% macro regexp_first(value, pattern, group=0) -%}
    {{ return(adapter.dispatch('regexp_first', 'assisted_conversions')(value, pattern, group)) }}
{%- endmacro %}
{% macro duckdb__regexp_first(value, pattern, group) -%}
    nullif(regexp_extract({{ value }}, {{ pattern }}, {{ group }}), '')
{%- endmacro %}
{% macro default__regexp_first() -%} {{ not_supported('regexp_first', varargs) }} {%- endmacro %}

{# A value with each match of a pattern replaced. The replacement names a group as the engine
   does. Example: regexp_replace_all('raw_record', "'[^ ]+@[^ ]+'", "'(e-mail)'") #}
{% macro regexp_replace_all(value, pattern, replacement) -%}
    {{ return(adapter.dispatch('regexp_replace_all', 'assisted_conversions')(
        value, pattern, replacement
    )) }}
{%- endmacro %}
{% macro duckdb__regexp_replace_all(value, pattern, replacement) -%}
    regexp_replace({{ value }}, {{ pattern }}, {{ replacement }}, 'g')
{%- endmacro %}
{% macro default__regexp_replace_all() -%} {{ not_supported('regexp_replace_all', varargs) }} {%- endmacro %}
