-- Grain: one row per conversion and channel on its path.
{{ assisted_conversions_by(
    ref('fct_conversion_touches'), ref('int_conversions'), ['channel']
) }}
