-- Grain: one row per visit.
{{ config(enabled=is_united('sessions')) }}
{{ unite_sources('sessions') }}
