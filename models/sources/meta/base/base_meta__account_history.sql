-- Grain: one row per version of an account.
{{ config(enabled=adapter_is_on('meta')) }}
{{ source_rows('meta', 'account_history') }}
