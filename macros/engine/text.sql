{# Text without white space at its ends, that of Unicode and zero-width characters included; blank
   is null. Example: trimmed_text('visitor_id') #}
{% macro trimmed_text(expression) -%}
    {{ return(adapter.dispatch('trimmed_text', 'assisted_conversions')(expression)) }}
{%- endmacro %}
{# `trim` is expensive and few values need it: most pass by their first and last character. (Comparing
   whole texts tells the first one, without cutting it out.) #}
{% macro duckdb__trimmed_text(expression) -%}
    {%- set text = 'cast(' ~ expression ~ ' as varchar)' -%}
    case
        when {{ text }} >= '!' and {{ text }} < chr(127) and {{ text }}[-1] between '!' and '~' then {{ text }}
        else nullif(trim({{ text }}, {{ blank_characters() }}), '')
    end
{%- endmacro %}
{% macro default__trimmed_text() -%} {{ not_supported('trimmed_text', varargs) }} {%- endmacro %}

{# The white space of Unicode, and the characters of no width: U+200B, U+200C, U+200D, U+2060 and
   U+FEFF, as a literal. #}
{% macro blank_characters() -%}
    {{ return(
        "'\t\n\x0b\x0c\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
        ~ "\u2009\u200a\u2028\u2029\u202f\u205f\u3000\u200b\u200c\u200d\u2060\ufeff'"
    ) }}
{%- endmacro %}

{# A text as a literal. Example: text_literal("men's") -> 'men''s' #}
{% macro text_literal(text) -%}
    {{ return(adapter.dispatch('text_literal', 'assisted_conversions')(text)) }}
{%- endmacro %}
{% macro default__text_literal(text) -%}
    {{ return("'" ~ text | string | replace("'", "''") ~ "'") }}
{%- endmacro %}

{# The same where a backslash begins an escape, and a literal has no line breaks. #}
{% macro escaped_literal(text) -%}
    {{ return("'" ~ text | string | replace('\\', '\\\\') | replace("'", "\\'")
        | replace('\n', '\\n') | replace('\r', '\\r') ~ "'") }}
{%- endmacro %}

{# Whether a text contains another. Example: text_contains('landing_url', "'?'") #}
{% macro text_contains(value, text) -%}
    {{ return(adapter.dispatch('text_contains', 'assisted_conversions')(value, text)) }}
{%- endmacro %}
{% macro duckdb__text_contains(value, text) -%} contains({{ value }}, {{ text }}) {%- endmacro %}
{% macro default__text_contains(value, text) -%}
    (position({{ text }} in {{ value }}) > 0)
{%- endmacro %}

{# The part of a text from another one on; the text itself where it has none.
   Example: text_from("'/a?b=1'", "'?'") -> ?b=1 #}
{% macro text_from(value, text) -%}
    {{ return(adapter.dispatch('text_from', 'assisted_conversions')(value, text)) }}
{%- endmacro %}
{% macro duckdb__text_from(value, text) -%}
    substr({{ value }}, greatest(strpos({{ value }}, {{ text }}), 1))
{%- endmacro %}
{% macro default__text_from(value, text) -%}
    substr({{ value }}, greatest(position({{ text }} in {{ value }}), 1))
{%- endmacro %}

{# A part of a text that is cut at each place of a separator; the first is 1, an empty text where
   there are fewer. Example: text_part("'a/b/c'", "'/'", 2) -> b #}
{% macro text_part(value, separator, number) -%}
    {{ return(adapter.dispatch('text_part', 'assisted_conversions')(value, separator, number)) }}
{%- endmacro %}
{% macro default__text_part(value, separator, number) -%}
    split_part({{ value }}, {{ separator }}, {{ number }})
{%- endmacro %}

{# Whether a text ends with another one; neither is null.
   Example: ends_with("'blog.shop.example'", "'.shop.example'") #}
{% macro ends_with(text, ending) -%}
    {{ return(adapter.dispatch('ends_with', 'assisted_conversions')(text, ending)) }}
{%- endmacro %}
{% macro duckdb__ends_with(text, ending) -%} ends_with({{ text }}, {{ ending }}) {%- endmacro %}
{# Where the ending is longer than the text, no part of the text equals it. #}
{% macro default__ends_with(text, ending) -%}
    (substr({{ text }}, length({{ text }}) - length({{ ending }}) + 1) = {{ ending }})
{%- endmacro %}

{# A text without any number of one character at its end.
   Example: without_ending("'shop.example..'", "'.'") -> shop.example #}
{% macro without_ending(text, character) -%}
    {{ return(adapter.dispatch('without_ending', 'assisted_conversions')(text, character)) }}
{%- endmacro %}
{% macro default__without_ending(text, character) -%}
    trim(trailing {{ character }} from {{ text }})
{%- endmacro %}

{# Texts with a separator between them; nulls are left out. Arguments: separator, an expression;
   texts, a list of expressions. Example: joined_texts("':'", ['source_system', 'id']) -> crm:42 #}
{% macro joined_texts(separator, texts) -%}
    {{ return(adapter.dispatch('joined_texts', 'assisted_conversions')(separator, texts)) }}
{%- endmacro %}
{% macro default__joined_texts(separator, texts) -%}
    concat_ws({{ separator }}, {{ texts | join(', ') }})
{%- endmacro %}

{# The number of characters to add, take away or replace to make one text of another.
   Example: edit_distance("'gogle'", "'google'") -> 1 #}
{% macro edit_distance(one, other) -%}
    {{ return(adapter.dispatch('edit_distance', 'assisted_conversions')(one, other)) }}
{%- endmacro %}
{% macro default__edit_distance(one, other) -%} levenshtein({{ one }}, {{ other }}) {%- endmacro %}

{# An expression that uses a value several times, which is worked out once. Arguments: value, an
   expression; name, under which the result uses it; result, an expression.
   Example: with_value('lower(city)', 'name', "name || name") #}
{% macro with_value(value, name, result) -%}
    {{ return(adapter.dispatch('with_value', 'assisted_conversions')(value, name, result)) }}
{%- endmacro %}
{% macro duckdb__with_value(value, name, result) -%}
    list_transform([{{ value }}], lambda {{ name }}: {{ result }})[1]
{%- endmacro %}
{% macro default__with_value() -%} {{ not_supported('with_value', varargs) }} {%- endmacro %}

{# The first of some words for which a condition holds; null where there is none. Arguments: words,
   a list; name, under which the condition uses a word; condition, an expression.
   Example: first_word(['gclid', 'wbraid'], 'word', "contains(url, word)") #}
{% macro first_word(words, name, condition) -%}
    {{ return(adapter.dispatch('first_word', 'assisted_conversions')(words, name, condition)) }}
{%- endmacro %}
{% macro duckdb__first_word(words, name, condition) -%}
    list_filter([{{ quoted_list(words) }}], lambda {{ name }}: {{ condition }})[1]
{%- endmacro %}
{% macro default__first_word() -%} {{ not_supported('first_word', varargs) }} {%- endmacro %}

{# Percent-decoded text. A `%` that begins no escape stays as written; where the bytes are no
   UTF-8, so do the escapes above %7F. Example: percent_decoded("'caf%C3%A9'") -> café #}
{% macro percent_decoded(expression) -%}
    {{ return(adapter.dispatch('percent_decoded', 'assisted_conversions')(expression)) }}
{%- endmacro %}
{% macro duckdb__percent_decoded(expression) -%}
    case
        when contains({{ expression }}, '%')
            then coalesce(
                try(url_decode({{ expression }})),
                url_decode({{ with_ascii_escapes_only(expression) }})
            )
        else {{ expression }}
    end
{%- endmacro %}
{% macro default__percent_decoded() -%} {{ not_supported('percent_decoded', varargs) }} {%- endmacro %}

{# Text in which only the escapes of ASCII characters are left to decode. #}
{% macro with_ascii_escapes_only(expression) -%}
    {{ regexp_replace_all(expression, "'%([89a-fA-F][0-9a-fA-F])'", "'%25\\1'") }}
{%- endmacro %}

{# The texts of a group in order, joined for people to read; nulls are left out.
   Example: ordered_text('channel', 'touch_position') -> Paid Social > Email > Direct #}
{% macro ordered_text(expression, order_by, separator=' > ') -%}
    {{ return(adapter.dispatch('ordered_text', 'assisted_conversions')(
        expression, order_by, separator
    )) }}
{%- endmacro %}
{% macro default__ordered_text(expression, order_by, separator) -%}
    {{ dbt.listagg(expression, "'" ~ separator ~ "'", 'order by ' ~ order_by) }}
{%- endmacro %}
