-- Grain: one row per ad click.
{{ config(enabled=is_united('ad_clicks')) }}
{{ unite_sources('ad_clicks') }}
