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
        else "('&' || " ~ name ~ " || '=')" -%}
    case
        when {{ text_contains(query, beginning) }}
            then {{ text_part(text_part(query, beginning, 2), "'&'", 1) }}
    end
{%- endmacro %}

{# The first of some parameters whose decoded value fulfils a condition; null where there is none.
   Far more expensive than `url_parameter`. Arguments: query, of `url_query`; names, a list; read,
   the macro that decodes a value; condition, an expression of `read_text`.
   Example: first_parameter('landing_query', ['gclid'], click_id_text, 'read_text is not null') #}
{% macro first_parameter(query, names, read, condition) -%}
    {{ first_word(names or [''], 'name', with_value(
        read_parameter(query, 'name', read), 'read_text', condition
    )) }}
{%- endmacro %}

{# Its value; where no parameter fulfils the condition, that of the first with any. #}
{% macro first_parameter_text(query, names, read, condition) -%}
    {%- set any = first_word(names or [''], 'name', text_contains(query, "('&' || name || '=')")) -%}
    {{ read_parameter(
        query, 'coalesce(' ~ first_parameter(query, names, read, condition) ~ ', ' ~ any ~ ')', read
    ) }}
{%- endmacro %}

{# The decoded value of a query parameter. Arguments: query, of `url_query`; name, an expression;
   read, the macro that decodes it. Example: read_parameter('landing_query', 'name', tag_text) #}
{% macro read_parameter(query, name, read) -%}
    {{ with_value(name, 'found', with_value(
        url_parameter(query, 'found'), 'written', read('written')
    )) }}
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
    {{ with_value(percent_decoded(expression), 'clear', trimmed_text('clear')) }}
{%- endmacro %}

{# The lower-case host of a URL, without user, port and dots at its end; null where the URL has
   none. The pattern for a URL with a user takes five times as long, so only URLs that may have one
   are matched against it. Arguments: url; schemes, a pattern of those that count.
   Example: url_host("'https://Shop.Example.:443/a'") -> shop.example #}
{% macro url_host(url, schemes='(?:[A-Za-z][A-Za-z0-9+.-]*:)?') -%}
    {%- set written -%}
        case
            when {{ text_contains(url, "'@'") }} then lower({{ regexp_first(
                url, "'^" ~ schemes ~ "//(?:[^/?#]*@)?([^/?#:@]+)'", 1
            ) }})
            else lower({{ regexp_first(url, "'^" ~ schemes ~ "//([^/?#:]+)'", 1) }})
        end
    {%- endset -%}
    nullif({{ without_ending(written, "'.'") }}, '')
{%- endmacro %}

{# The host of a referrer: a page or an app; null for any other URL.
   Example: referrer_host("'android-app://com.example/'") -> com.example #}
{% macro referrer_host(url) -%}
    {{ url_host(url, '(?:[Hh][Tt][Tt][Pp][Ss]?|[Aa][Nn][Dd][Rr][Oo][Ii][Dd]-[Aa][Pp][Pp]):') }}
{%- endmacro %}

{# The host and path of a plain URL (lower-case host, no port, no address); null for any other URL.
   Most URLs are plain, and one cheap pattern reads them; `landing_page` reads the rest.
   Example: plain_page('landing_url') #}
{% macro plain_page(url) -%}
    {{ regexp_first(url, "'^https?://([a-z0-9-]+(?:[.][a-z0-9-]+)*(?:/[^?#@%]*)?)(?:[?#]|$)'", 1) }}
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
        concat('.', case when {{ left_host }} like 'www.%' then substr({{ left_host }}, 5) else {{ left_host }} end)
    {%- endset -%}
    {%- set right_name -%}
        concat('.', case when {{ right_host }} like 'www.%' then substr({{ right_host }}, 5) else {{ right_host }} end)
    {%- endset -%}
    case
        when {{ left_host }} is null or {{ right_host }} is null then false
        else
            {{ ends_with(left_name, right_name) }}
            or {{ ends_with(right_name, left_name) }}
    end
{%- endmacro %}
