-- Grain: one row per site.
{{ config(enabled=adapter_is_on('matomo')) }}
{{ source_rows('matomo', 'site') }}
