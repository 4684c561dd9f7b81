-- Grain: one row per conversion event.
{{ config(enabled=is_united('conversions')) }}
{{ unite_sources('conversions') }}
