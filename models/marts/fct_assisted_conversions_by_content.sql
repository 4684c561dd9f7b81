-- Grain: one row per conversion, content level and value of that level on its path.
-- A touch without a value (a call has no landing page) stands under the null value of the level.
{{ rebuilt_by('conversion_key', 'int_changed_conversions') }}
{% set levels = {
    'landing_page': 'landing_page',
    'content': 'content',
    'term': 'term',
    'source_medium': "source || ' / ' || medium",
    'funnel_stage': 'funnel_stage',
    'touch_type': 'touch_type',
} -%}
{% set leveled_touches -%}
    (
        {%- for level, value in levels.items() %}
        select
            conversion_key,
            '{{ level }}' as level,
            {{ value }} as value,
            is_assist,
            is_first_touch,
            is_last_touch,
            touch_position,
            path_length
        from {{ ref('fct_conversion_touches') }}
        where {{ is_changed('conversion_key', 'int_changed_conversions', 'conversion_key') }}
        {{ 'union all' if not loop.last }}
        {%- endfor %}
    )
{%- endset -%}
{{ assisted_conversions_by(leveled_touches, ref('int_conversions'), ['level', 'value']) }}
