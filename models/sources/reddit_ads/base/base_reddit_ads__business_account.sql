-- Grain: one row per account.
{{ config(enabled=adapter_is_on('reddit_ads')) }}
{{ source_rows('reddit_ads', 'business_account') }}
