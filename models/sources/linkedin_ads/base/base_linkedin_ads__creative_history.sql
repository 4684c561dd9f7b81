-- Grain: one row per version of a creative.
{{ config(enabled=adapter_is_on('linkedin_ads')) }}
{{ source_rows('linkedin_ads', 'creative_history') }}
