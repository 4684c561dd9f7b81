-- Grain: one row per pair of identities of one person.
{{ config(enabled=is_united('identity_links')) }}
{{ unite_sources('identity_links') }}
