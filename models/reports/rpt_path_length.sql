-- Grain: one row per conversion group and path length bucket.
{{ distribution_report(
    ref('fct_conversions'),
    ref('int_conversion_groups'),
    'path_length_bucket',
    path_length_buckets()
) }}
