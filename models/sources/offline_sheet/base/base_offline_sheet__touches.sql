-- Grain: one row per touch of a person outside the website.
{{ config(enabled=adapter_is_on('offline_sheet')) }}
{{ source_rows('offline_sheet', 'touches') }}
