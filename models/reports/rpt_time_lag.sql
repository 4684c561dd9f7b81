-- Grain: one row per conversion group and bucket of days from the first touch to the conversion.
{{ distribution_report(
    ref('assisted_conversions', 'fct_conversions'),
    ref('assisted_conversions', 'int_conversion_groups'),
    'days_to_conversion_bucket',
    days_buckets()
) }}
