-- Grain: one row per conversion group and path length bucket.
{{ distribution_report(
    ref('assisted_conversions', 'fct_conversions'),
    ref('assisted_conversions', 'int_conversion_groups'),
    'path_length_bucket',
    path_length_buckets()
) }}
