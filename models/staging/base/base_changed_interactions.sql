-- Grain: one row per interaction of which a raw row has changed since the last run, and day on which a
-- raw row of it was loaded.
{{ config(materialized='table', meta={'lists_changes': true}) }}
{{ changed_ids(ref('base_interactions'), 'interaction_id') }}
