-- Grain: one row per day, ad and action type with a value.
{{ config(enabled=adapter_is_on('meta')) }}
{{ source_rows('meta', 'basic_ad_action_values') }}
