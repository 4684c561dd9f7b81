-- Grain: one row per version of an account.
{{ config(enabled=adapter_is_on('google_ads')) }}
{{ source_rows('google_ads', 'account_history') }}
