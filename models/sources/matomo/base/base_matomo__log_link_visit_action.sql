-- Grain: one row per action of a visit.
{{ config(enabled=adapter_is_on('matomo')) }}
{{ source_rows('matomo', 'log_link_visit_action') }}
