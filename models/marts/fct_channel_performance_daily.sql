-- Grain: one row per conversion date, conversion type and channel.
{{ rebuilt_by('conversion_date', 'int_changed_dates') }}
{{ performance_daily(
    ref('fct_assisted_conversions'),
    ref('fct_conversion_touches'),
    ref('int_conversions'),
    ['channel']
) }}
