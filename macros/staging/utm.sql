{# The UTM fields, in the order of their columns. Example: utm_fields()[0] -> utm_source #}
{% macro utm_fields() -%}
    {{ return(['utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term']) }}
{%- endmacro %}

{# A tagged UTM value, decoded: `+` is a space, then it is percent-decoded once. The first half
   of the cleaning; queries do it in a step of its own, so that no value is decoded twice.
   Example: decoded_utm('raw_utm_source') #}
{% macro decoded_utm(expression) -%}
    {{ percent_decoded("replace(" ~ expression ~ ", '+', ' ')") }}
{%- endmacro %}

{# A decoded UTM value as published: trimmed, lower-cased, cut at 500 characters; blank is null.
   Example: published_utm('decoded_utm_source') #}
{% macro published_utm(expression) -%}
    left(lower({{ trimmed_text(expression) }}), 500)
{%- endmacro %}

{# The query string of a URL, without `?` and fragment; null where there is none.
   Example: url_query('landing_url') #}
{% macro url_query(url) -%}
    case
        when {{ text_contains(url, "'?'") }} then {{ regexp_first(url, "'^[^?#]*[?]([^#]*)'", 1) }}
    end
{%- endmacro %}

{# The first value of a query parameter, as written; null where it is absent or empty. Arguments:
   query, an expression; name, the parameter's name.
   Example: url_parameter('landing_query', 'utm_source') #}
{% macro url_parameter(query, name) -%}
    case
        when {{ text_contains(query, "'" ~ name ~ "='") }}
            then {{ regexp_first(query, "'(?:^|&)" ~ name ~ "=([^&]*)'", 1) }}
    end
{%- endmacro %}

{# The lower-case host of a URL, without user and port; null where the URL has none. The pattern
   for a URL with a user takes five times as long, so only URLs that may have one are matched
   against it. Example: url_host("'https://Shop.Example:443/a'") -> shop.example #}
{% macro url_host(url) -%}
    {%- set scheme = '^(?:[A-Za-z][A-Za-z0-9+.-]*:)?//' -%}
    case
        when {{ text_contains(url, "'@'") }}
            then lower({{ regexp_first(url, "'" ~ scheme ~ "(?:[^/?#@]*@)?([^/?#:@]+)'", 1) }})
        else lower({{ regexp_first(url, "'" ~ scheme ~ "([^/?#:]+)'", 1) }})
    end
{%- endmacro %}

{# The host and path of a plain URL (lower-case host, no port); null for any other URL. Most URLs
   are plain, and one cheap pattern reads them; `landing_page` reads the rest.
   Example: plain_page('landing_url') #}
{% macro plain_page(url) -%}
    {{ regexp_first(url, "'^https?://([a-z0-9.-]+(?:/[^?#]*)?)(?:[?#]|$)'", 1) }}
{%- endmacro %}

{# The host and path of a URL, the path as written; null where there is neither. Arguments: url;
   plain_page, the result of `plain_page` for it: expressions.
   Example: landing_page("'https://Shop.Example:443/A?x=1'", 'null') -> shop.example/A #}
{% macro landing_page(url, plain_page) -%}
    {%- set authority = '(?:(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*)?' -%}
    case
        when {{ plain_page }} is not null then {{ plain_page }}
        else nullif(
            coalesce({{ url_host(url) }}, '')
            || coalesce({{ regexp_first(url, "'^" ~ authority ~ "([^?#]*)'", 1) }}, ''),
            ''
        )
    end
{%- endmacro %}
