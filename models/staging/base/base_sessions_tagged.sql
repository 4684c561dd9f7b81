-- Grain: one row per row of the raw table sessions, usable or not.
-- What the landing URL says where the columns say nothing: tags and click ids. A view:
-- base_sessions_parsed reads it once, a part of the raw table at a time.
{{ tagged_sessions(ref('assisted_conversions', 'base_sessions')) }}
