-- Grain: one row per day, ad and action type.
{{ config(enabled=adapter_is_on('meta')) }}
{{ source_rows('meta', 'basic_ad_actions') }}
