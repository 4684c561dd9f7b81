-- Grain: one row per claim of an ad platform.
{{ config(enabled=is_united('platform_claims')) }}
{{ unite_sources('platform_claims') }}
