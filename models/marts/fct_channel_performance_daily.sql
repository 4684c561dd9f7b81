-- Grain: one row per conversion date, conversion type and channel.
{{ config(
    meta={'keeps_changes': 'always'}, post_hook="{{ note_restatements('int_conversions') }}"
) }}
{{ rebuilt_by('conversion_date', 'int_changed_dates') }}
{{ performance_daily(
    ref('fct_assisted_conversions'),
    ref('fct_conversion_touches'),
    ref('int_conversions'),
    ['channel']
) }}
