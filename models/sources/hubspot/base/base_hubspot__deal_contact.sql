-- Grain: one row per deal, contact and kind of association.
{{ config(enabled=adapter_is_on('hubspot')) }}
{{ source_rows('hubspot', 'deal_contact') }}
