-- Grain: one row per version of an account.
{{ config(enabled=adapter_is_on('pinterest_ads')) }}
{{ source_rows('pinterest_ads', 'advertiser_history') }}
