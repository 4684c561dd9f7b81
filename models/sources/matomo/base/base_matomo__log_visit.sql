-- Grain: one row per visit.
{{ config(enabled=adapter_is_on('matomo')) }}
{{ source_rows('matomo', 'log_visit') }}
