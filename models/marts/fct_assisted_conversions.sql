-- Grain: one row per conversion and channel on its path.
{{ rebuilt_by('conversion_key', 'int_changed_conversions') }}
{{ assisted_conversions_by(
    ref('fct_conversion_touches'), ref('int_conversions'), ['channel']
) }}
