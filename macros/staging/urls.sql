{# The query string of a URL, each parameter behind a `&`; null where there is none. `&amp;` and a
   second `?` begin a parameter too. Example: url_query("'/a?b=1?c=2&amp;d=3#e'") -> &b=1&c=2&d=3 #}
{% macro url_query(url) -%}
    case
        when {{ text_contains(url, "'&amp;'") }} or {{ text_contains(url, "'#'") }} then replace(replace(
            {{ regexp_first(url, "'^[^?#]*([?][^#]*)'", 1) }}, '&amp;', '&'
        ), '?', '&')
        when {{ text_contains(url, "'?'") }} then replace({{ text_from(url, "'?'") }}, '?', '&')
    end
{%- endmacro %}

{# The first value of a query parameter, as written; null where it is absent. Arguments: query, of
   `url_query`; name, an expression.
   Example: url_parameter('landing_query', "'utm_source'") #}
{% macro url_parameter(query, name) -%}
    {%- set beginning = "'&" ~ name[1:-1] ~ "='" if name.startswith("'")
        else "concat('&', " ~ name ~ ", '=')" -%}
    case
        when {{ text_contains(query, beginning) }}
            then {{ text_part(text_part(query, beginning, 2), "'&'", 1) }}
    end
{%- endmacro %}

{# Whether a query has any of some parameters. Arguments: query, of `url_query`; names, a list.
   Example: has_url_parameter('landing_query', ['gclid', 'fbclid']) #}
{% macro has_url_parameter(query, names) -%}
    {%- if names -%}
        coalesce({{ regexp_contains(query, "'&(?:" ~ (names | join('|')) ~ ")='") }}, false)
    {%- else -%}
        false
    {%- endif -%}
{%- endmacro %}

{# A click id as the platform knows it: percent-decoded once and trimmed, its case kept; blank is
   null. Example: click_id_text('raw_click_id') #}
{% macro click_id_text(expression) -%}
    {{ with_value(expression, 'coded_id', decoded_text('coded_id', 1)) }}
{%- endmacro %}

{# The lower-case host of a URL, without user, port and a dot at its end; null where the URL has
   none. The pattern for a URL with a user takes five times as long, so only URLs that may have one
   are matched against it. Arguments: url; schemes, a pattern of those that count.
   Example: url_host("'https://Shop.Example.:443/a'") -> shop.example #}
{% macro url_host(url, schemes='(?:[A-Za-z][A-Za-z0-9+.-]*:)?') -%}
    case
        when {{ text_contains(url, "'@'") }} then lower({{ regexp_first(
            url, "'^" ~ schemes ~ "//(?:[^/?#]*@)?([^/?#:@]*[^/?#:@.])'", 1
        ) }})
        else lower({{ regexp_first(url, "'^" ~ schemes ~ "//([^/?#:]*[^/?#:.])'", 1) }})
    end
{%- endmacro %}

{# The host of a referrer: a page or an app; null for any other URL.
   Example: referrer_host("'android-app://com.example/'") -> com.example #}
{% macro referrer_host(url) -%} {{ url_host(url, '(?i:https?|android-app):') }} {%- endmacro %}

{# The host and path of a plain URL (lower-case host, no port, no address); null for any other URL.
   Most URLs are plain, and one cheap pattern reads them; `landing_page` reads the rest.
   Example: plain_page('landing_url') #}
{% macro plain_page(url) -%}
    {{ regexp_first(url, "'^https?://([a-z0-9.-]*[a-z0-9-](?:/[^?#@%]*)?)(?:[?#]|$)'", 1) }}
{%- endmacro %}

{# The host and path of a URL, the path as written, e-mail addresses masked; null where there is
   neither, or the URL is no page. Arguments: url; plain_page, the result of `plain_page` for it:
   expressions. Example: landing_page("'https://Shop.Example:443/A?x=1'", 'null') -> shop.example/A #}
{% macro landing_page(url, plain_page) -%}
    {%- set authority = '(?:(?:[A-Za-z][A-Za-z0-9+.-]*:)?//[^/?#]*)?' -%}
    case
        when {{ plain_page }} is not null then {{ plain_page }}
        when not {{ regexp_contains(
            url, "'(?i)^(?:mailto|tel|sms|about|javascript|data|blob):'"
        ) }}
            then nullif({{ without_addresses(
                "coalesce(" ~ url_host(url) ~ ", '') || coalesce("
                ~ regexp_first(url, "'^" ~ authority ~ "([^?#]*)'", 1) ~ ", '')"
            ) }}, '')
    end
{%- endmacro %}

{# Whether two hosts are of one site: the same or one within the other, a `www.` aside. Arguments:
   expressions, may be null. Example: is_same_site("'shop.example'", "'blog.shop.example'") #}
{% macro is_same_site(left_host, right_host) -%}
    {%- set left_name -%}
        concat('.', case when left({{ left_host }}, 4) = 'www.' then substr({{ left_host }}, 5) else {{ left_host }} end)
    {%- endset -%}
    {%- set right_name -%}
        concat('.', case when left({{ right_host }}, 4) = 'www.' then substr({{ right_host }}, 5) else {{ right_host }} end)
    {%- endset -%}
    case
        when {{ left_host }} is null or {{ right_host }} is null then false
        else
            right({{ left_name }}, length({{ right_name }})) = {{ right_name }}
            or right({{ right_name }}, length({{ left_name }})) = {{ left_name }}
    end
{%- endmacro %}
