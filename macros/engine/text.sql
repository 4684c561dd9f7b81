{# Text functions in which engines differ. #}

{#
    Text without white space at its ends; blank is null.
    Example: trimmed_text('visitor_id')
#}
{% macro trimmed_text(expression) -%}
    {{ return(adapter.dispatch('trimmed_text', 'assisted_conversions')(expression)) }}
{%- endmacro %}

{# Few values have anything to trim, and `trim` is dear: most pass by their first and last letter. #}
{% macro duckdb__trimmed_text(expression) -%}
    {%- set text = 'cast(' ~ expression ~ ' as varchar)' -%}
    case
        when {{ text }}[1] > ' ' and {{ text }}[-1] > ' ' then {{ text }}
        else nullif(trim({{ text }}, e' \t\r\n'), '')
    end
{%- endmacro %}

{% macro default__trimmed_text(expression) -%}
    nullif(regexp_replace(cast({{ expression }} as string), '^\\s+|\\s+$', ''), '')
{%- endmacro %}


{#
    Percent-decoded text. An escape that is broken, or is no UTF-8, stays as it is.
    Example: percent_decoded("'caf%C3%A9'") -> café
#}
{% macro percent_decoded(expression) -%}
    {{ return(adapter.dispatch('percent_decoded', 'assisted_conversions')(expression)) }}
{%- endmacro %}

{% macro duckdb__percent_decoded(expression) -%}
    case
        when contains({{ expression }}, '%')
            then coalesce(
                try(url_decode({{ expression }})),
                url_decode({{ without_foreign_escapes(expression) }})
            )
        else {{ expression }}
    end
{%- endmacro %}

{% macro default__percent_decoded(expression) -%}
    coalesce(
        try_url_decode({{ expression }}),
        try_url_decode({{ without_foreign_escapes(expression) }}),
        {{ expression }}
    )
{%- endmacro %}

{# Text whose escapes of other letters than ASCII will survive decoding as they are. #}
{% macro without_foreign_escapes(expression) -%}
    {{ regexp_replace_all(expression, "'%([89a-fA-F][0-9a-fA-F])'", "'%25\\1'") }}
{%- endmacro %}


{#
    SHA-256 hex of the e-mail salt followed by `expression`.
    Example: salted_hash('lower(email)')
#}
{% macro salted_hash(expression) -%}
    {{ return(adapter.dispatch('salted_hash', 'assisted_conversions')(expression)) }}
{%- endmacro %}

{% macro duckdb__salted_hash(expression) -%}
    sha256(coalesce(getvariable('email_salt'), '') || {{ expression }})
{%- endmacro %}

{% macro default__salted_hash(expression) -%}
    sha2(concat('${attribution.email_salt}', {{ expression }}), 256)
{%- endmacro %}


{#
    A struct of texts, from which `json_text` makes a JSON object. Far cheaper than the text.
    Arguments: pairs, a list of [name, expression].
    Example: text_struct([['id', 'session_id']])
#}
{% macro text_struct(pairs) -%}
    {{ return(adapter.dispatch('text_struct', 'assisted_conversions')(pairs)) }}
{%- endmacro %}

{% macro duckdb__text_struct(pairs) -%}
    {
        {%- for name, expression in pairs %}
        '{{ name }}': cast({{ expression }} as varchar){{ ',' if not loop.last }}
        {%- endfor %}
    }
{%- endmacro %}

{% macro default__text_struct(pairs) -%}
    named_struct(
        {%- for name, expression in pairs %}
        '{{ name }}', cast({{ expression }} as string){{ ',' if not loop.last }}
        {%- endfor %}
    )
{%- endmacro %}


{#
    A struct as a JSON object, as text; nulls stand in it.
    Example: json_text(text_struct([['id', 'session_id']])) -> {"id":"s1"}
#}
{% macro json_text(struct) -%}
    {{ return(adapter.dispatch('json_text', 'assisted_conversions')(struct)) }}
{%- endmacro %}

{% macro duckdb__json_text(struct) -%}
    cast(to_json({{ struct }}) as varchar)
{%- endmacro %}

{% macro default__json_text(struct) -%}
    to_json({{ struct }}, map('ignoreNullFields', 'false'))
{%- endmacro %}


{#
    An array of (column_name, value) of those checks whose condition holds; others are null in it.
    Arguments: checks, a list of mappings with name, raw (expression) and condition.
    Example: array_of_structs([{'name': 'ended_at', 'raw': 'ended_at', 'condition': 'true'}])
#}
{% macro array_of_structs(checks) -%}
    {{ return(adapter.dispatch('array_of_structs', 'assisted_conversions')(checks)) }}
{%- endmacro %}

{% macro duckdb__array_of_structs(checks) -%}
    cast([
        {%- for check in checks %}
        case
            when {{ check.condition }}
                then {'column_name': '{{ check.name }}', 'value': cast({{ check.raw }} as varchar)}
        end{{ ',' if not loop.last }}
        {%- endfor %}
    ] as struct(column_name varchar, value varchar)[])
{%- endmacro %}

{% macro default__array_of_structs(checks) -%}
    cast(array(
        {%- for check in checks %}
        case
            when {{ check.condition }}
                then named_struct('column_name', '{{ check.name }}', 'value', cast({{ check.raw }} as string))
        end{{ ',' if not loop.last }}
        {%- endfor %}
    ) as array<struct<column_name: string, value: string>>)
{%- endmacro %}
