-- Grain: one row per conversion date, conversion type and channel.
{{ config(
    meta={'keeps_changes': 'always'}, post_hook="{{ note_restatements('int_conversions') }}"
) }}
{{ rebuilt_by('conversion_date', 'int_changed_dates') }}
{{ performance_daily(
    ref('assisted_conversions', 'fct_assisted_conversions'),
    ref('assisted_conversions', 'fct_conversion_touches'),
    ref('assisted_conversions', 'int_conversions'),
    ['channel']
) }}
