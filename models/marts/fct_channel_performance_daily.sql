-- Grain: one row per conversion date, conversion type and channel.
{{ performance_daily(
    ref('fct_assisted_conversions'),
    ref('fct_conversion_touches'),
    ref('int_conversions'),
    ['channel']
) }}
