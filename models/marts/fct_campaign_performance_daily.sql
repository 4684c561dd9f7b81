-- Grain: one row per conversion date, conversion type, channel, source, medium and campaign.
{{ rebuilt_by('conversion_date', 'int_changed_dates') }}
{{ performance_daily(
    ref('assisted_conversions', 'fct_assisted_conversions_by_campaign'),
    ref('assisted_conversions', 'fct_conversion_touches'),
    ref('assisted_conversions', 'int_conversions'),
    ['channel', 'source', 'medium', 'campaign']
) }}
