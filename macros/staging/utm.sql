{#
    Reading of UTM fields and URLs.
#}

{#
    A UTM value as published: `+` is a space, percent-decoded once, trimmed, lower-cased, cut at
    500 characters; blank is null.
    Example: clean_utm('utm_source')
#}
{% macro clean_utm(expression) -%}
    {%- set decoded = percent_decoded("replace(" ~ expression ~ ", '+', ' ')") -%}
    left(lower({{ trimmed_text(decoded) }}), 500)
{%- endmacro %}


{#
    The resolved value of one UTM field: the explicit column, else the URL's.
    Arguments: field, the column as utm_source, clean already; query, an expression of the URL's query string.
    Example: resolved_utm('utm_source', 'landing_query')
#}
{% macro resolved_utm(field, query) -%}
    coalesce(
        {{ field }},
        case
            when contains({{ query }}, '{{ field }}=')
                then {{ clean_utm(url_parameter(query, field)) }}
        end
    )
{%- endmacro %}


{#
    The query string of a URL, without `?` and fragment; null where there is none.
    Example: url_query('landing_url')
#}
{% macro url_query(url) -%}
    case when contains({{ url }}, '?') then {{ regexp_first(url, "'^[^?#]*[?]([^#]*)'", 1) }} end
{%- endmacro %}


{#
    The first value of a query parameter, as written; null where it is absent or empty.
    Example: url_parameter('landing_query', 'utm_source')
#}
{% macro url_parameter(query, name) -%}
    {{ regexp_first(query, "'(?:^|&)" ~ name ~ "=([^&]*)'", 1) }}
{%- endmacro %}


{#
    The lower-case host of a URL, without user and port; null where the URL has none.
    Example: url_host("'https://Shop.Example:443/a'") -> shop.example
#}
{% macro url_host(url) -%}
    lower({{ regexp_first(
        url, "'^(?:[A-Za-z][A-Za-z0-9+.-]*:)?//(?:[^/?#@]*@)?([^/?#:@]+)'", 1
    ) }})
{%- endmacro %}


{#
    The host and path of a URL, the path as written.
    Example: landing_page("'https://Shop.Example/A?x=1'") -> shop.example/A
#}
{% macro landing_page(url) -%}
    nullif(
        coalesce({{ url_host(url) }}, '') || coalesce({{ regexp_first(
            url, "'^(?:(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*)?([^?#]*)'", 1
        ) }}, ''),
        ''
    )
{%- endmacro %}
