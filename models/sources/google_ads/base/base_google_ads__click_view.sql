-- Grain: one row per click.
{{ config(enabled=adapter_is_on('google_ads')) }}
{{ source_rows('google_ads', 'click_view') }}
