-- Grain: one row per conversion date, conversion type, channel, source, medium and campaign.
{{ rebuilt_by('conversion_date', 'int_changed_dates') }}
{{ performance_daily(
    ref('fct_assisted_conversions_by_campaign'),
    ref('fct_conversion_touches'),
    ref('int_conversions'),
    ['channel', 'source', 'medium', 'campaign']
) }}
