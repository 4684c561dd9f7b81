{# The channel by the default channel group of GA4 (as of 2026-05), with Offline added.
   Arguments: source, medium, campaign, source_category - SQL expressions, each may be null; the
   category is that of the source, of the seeds of source categories.
   Example: {{ default_channel_group("'facebook'", "'cpm'", 'null', "'social'") }} is 'Paid Social'
   The first match wins, so the order is part of the rules: what is paid is told apart before
   what is not (`facebook / cpm` is Paid Social, not Display), and a source's category goes
   before its medium (a link from an assistant is AI Assistant, although its medium is
   `referral`). #}
{% macro default_channel_group(source, medium, campaign, source_category) -%}
{%- set source = "coalesce(lower(" ~ source ~ "), '(direct)')" -%}
{%- set medium = "coalesce(lower(" ~ medium ~ "), '(none)')" -%}
{%- set campaign = "coalesce(lower(" ~ campaign ~ "), '')" -%}
{%- set category = "coalesce(" ~ source_category ~ ", '')" -%}
{%- set is_paid = regexp_full_match(medium, "'.*cp.*|ppc|retargeting|paid.*'") -%}
{%- set is_shop = regexp_full_match(campaign, "'.*(([^a-df-z]|^)shop|shopping).*'") -%}
case
    when {{ source }} = '(direct)' and {{ medium }} in ('(none)', '(not set)') then 'Direct'
    when {{ campaign }} like '%cross-network%' then 'Cross-network'
    when ({{ category }} = 'shopping' or {{ is_shop }}) and {{ is_paid }} then 'Paid Shopping'
    when {{ category }} = 'search' and {{ is_paid }} then 'Paid Search'
    when {{ category }} = 'social' and {{ is_paid }} then 'Paid Social'
    when {{ category }} = 'video' and {{ is_paid }} then 'Paid Video'
    when {{ medium }} in ('display', 'banner', 'expandable', 'interstitial', 'cpm') then 'Display'
    when {{ is_paid }} then 'Paid Other'
    when {{ category }} = 'shopping' or {{ is_shop }} then 'Organic Shopping'
    when
        {{ category }} = 'social'
        or {{ medium }} in (
            'social', 'social-network', 'social-media', 'sm', 'social network', 'social media'
        )
        then 'Organic Social'
    when {{ category }} = 'video' or {{ medium }} like '%video%' then 'Organic Video'
    when {{ category }} = 'search' or {{ medium }} = 'organic' then 'Organic Search'
    when {{ category }} = 'ai' or {{ medium }} = 'ai-assistant' then 'AI Assistant'
    when {{ medium }} in ('referral', 'app', 'link') then 'Referral'
    when
        {{ category }} = 'email'
        or {{ source }} in ('email', 'e-mail', 'e_mail', 'e mail')
        or {{ medium }} in ('email', 'e-mail', 'e_mail', 'e mail')
        then 'Email'
    when {{ medium }} in ('affiliate', 'affiliates') then 'Affiliates'
    when {{ medium }} = 'audio' then 'Audio'
    when {{ source }} = 'sms' or {{ medium }} = 'sms' then 'SMS'
    when
        {{ source }} = 'firebase'
        or {{ medium }} like '%push'
        or {{ medium }} like '%mobile%'
        or {{ medium }} like '%notification%'
        then 'Mobile Push Notifications'
    when {{ medium }} in ('call', 'event', 'direct_mail', 'survey') then 'Offline'
    else 'Unassigned'
end
{%- endmacro %}
