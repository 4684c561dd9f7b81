-- Grain: one row per day and tagged traffic, before equal ones are summed.
{{ config(enabled=is_united('ad_spend')) }}
{{ unite_sources('ad_spend') }}
