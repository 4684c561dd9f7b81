-- Grain: one row per version of an account.
{{ config(enabled=adapter_is_on('linkedin_ads')) }}
{{ source_rows('linkedin_ads', 'account_history') }}
