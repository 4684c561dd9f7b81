-- What: int_traffic_sources has one row per traffic key.
-- Why: a row that appears twice counts twice in every sum.
-- Resolve: find the join in int_traffic_sources that repeats rows.
{{ repeated_keys(ref('assisted_conversions', 'int_traffic_sources'), ['traffic_key']) }}
