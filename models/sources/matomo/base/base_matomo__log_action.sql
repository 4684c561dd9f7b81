-- Grain: one row per page or other name of an action.
{{ config(enabled=adapter_is_on('matomo')) }}
{{ source_rows('matomo', 'log_action') }}
