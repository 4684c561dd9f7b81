-- Grain: one row per day, ad group and URL.
{{ config(enabled=adapter_is_on('ad_reporting')) }}
{{ source_rows('ad_reporting', 'ad_reporting__url_report') }}
