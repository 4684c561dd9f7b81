{# What the adapters of ad platforms have in common. #}

{# Micros, millionths of a currency's unit, as an amount, exactly. Sum them first: each amount is
   rounded. Example: micros_as_amount('sum(cost_micros)') #}
{% macro micros_as_amount(micros) -%}
    cast(
        cast({{ micros }} as {{ exact_type(20, 0) }}) * cast(0.000001 as {{ exact_type(7, 6) }})
        as {{ amount_type() }}
    )
{%- endmacro %}

{# The value of a parameter in a URL, a tracking template or a suffix of URLs, as written; null where
   there is none. Example: url_tag("'{lpurl}?utm_campaign=sale'", 'utm_campaign') -> sale #}
{% macro url_tag(text, parameter) -%}
    {{ regexp_first("'?' || " ~ text, "'[?&]" ~ parameter ~ "=([^&#]*)'", 1) }}
{%- endmacro %}

{# A name as the tag that it becomes in a URL. In tags a `+` is a space, and raw tables read it so.
   Example: name_as_tag("'Shoes + bags'") -> Shoes %2B bags #}
{% macro name_as_tag(name) -%} replace({{ name }}, '+', '%2B') {%- endmacro %}

{# Text in which the placeholders of an ad platform are filled in; null where others are left, for what
   they become differs from click to click. Arguments: text; placeholders, a mapping of placeholder to
   expression; unfilled, a pattern of the others.
   Example: filled_tag("'c-{campaignid}'", {'{campaignid}': 'campaign_id'}, '[{]') #}
{% macro filled_tag(text, placeholders, unfilled) -%}
    {%- set filled = namespace(sql=text) -%}
    {%- for placeholder, value in placeholders.items() -%}
        {%- set filled.sql = "replace(" ~ filled.sql ~ ", '" ~ placeholder ~ "', coalesce(" ~ value
            ~ ", '" ~ placeholder ~ "'))" -%}
    {%- endfor -%}
    case when {{ regexp_first(filled.sql, "'(" ~ unfilled ~ ")'", 1) }} is null then {{ filled.sql }} end
{%- endmacro %}

{# The tags that the clicks of an ad carry, as columns: those of its URL, with placeholders filled in;
   else source and medium by the adapter's settings, and a campaign. Arguments: adapter_name; url and
   campaign, expressions; placeholders and unfilled, as in `filled_tag`.
   Example: tags_of_ad('reddit_ads', 'ads.click_url', 'ads.campaign_id') #}
{% macro tags_of_ad(adapter_name, url, campaign, placeholders={}, unfilled='[{]') -%}
    {%- set defaults = {
        'utm_source': text_literal(adapter_setting(adapter_name, 'source')),
        'utm_medium': text_literal(adapter_setting(adapter_name, 'medium')),
        'utm_campaign': campaign,
    } -%}
    {%- for tag in ['utm_source', 'utm_medium', 'utm_campaign', 'utm_content'] -%}
        {%- set value = filled_tag(url_tag(url, tag), placeholders, unfilled) -%}
        {{ 'coalesce(' ~ value ~ ', ' ~ defaults[tag] ~ ')' if tag in defaults else value }} as {{ tag }}
        {{- ',\n' if not loop.last }}
    {%- endfor %}
{%- endmacro %}

{# The value that a platform claims, where it is in the reporting currency, as a
   missing code means; null in any other one.
   Example: claimed_in_reporting_currency('stats.value', 'accounts.currency_code') #}
{% macro claimed_in_reporting_currency(value, currency_code) -%}
    case
        when coalesce(upper({{ currency_code }}), '{{ setting("reporting_currency") }}')
            = '{{ setting("reporting_currency") }}' then {{ value }}
    end
{%- endmacro %}
