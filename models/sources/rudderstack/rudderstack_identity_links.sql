-- Grain: one row per pair of ids that identify calls name together.
{{ config(enabled=adapter_is_on('rudderstack')) }}
{{ tracked_identity_links(ref('assisted_conversions', 'base_rudderstack__identifies')) }}
