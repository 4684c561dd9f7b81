-- Grain: one row per merge of two contacts.
{{ config(enabled=adapter_is_on('hubspot')) }}
{{ source_rows('hubspot', 'contact_merge_audit') }}
