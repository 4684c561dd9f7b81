-- Grain: one row per touch that is no visit.
{{ config(enabled=is_united('interactions')) }}
{{ unite_sources('interactions') }}
