-- Grain: one row per pair of ids that identify calls name together.
{{ config(enabled=adapter_is_on('segment')) }}
{%- set identifies = ref('assisted_conversions', 'base_segment__identifies') %}
{%- set calls = first_rows(identifies, 'id', 'received_at') %}
{{ tracked_identity_links('select * from ' ~ calls ~ ' as identifies') }}
