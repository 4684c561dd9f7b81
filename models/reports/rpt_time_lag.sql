-- Grain: one row per conversion group and bucket of days from the first touch to the conversion.
{{ distribution_report(
    ref('fct_conversions'),
    ref('int_conversion_groups'),
    'days_to_conversion_bucket',
    days_buckets()
) }}
