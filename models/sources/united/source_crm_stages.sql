-- Grain: one row per stage that a deal has entered.
{{ config(enabled=is_united('crm_stages')) }}
{{ unite_sources('crm_stages') }}
