-- Grain: one row per conversion group, segment, segment value and channel, with (total) rows.
-- Segment values and channels of fewer than `min_group_size` persons are pooled, so that no row
-- shows a single person; what nobody stated is the null value.
{%- set segments = {
    'new_or_returning': "case when is_new_visitor then 'new' else 'returning' end",
    'device_type': 'device_type',
    'country': 'country',
    'audience': 'audience',
    'product_category': 'product_category',
    'plan_tier': 'plan_tier',
    'lead_stage': 'lead_stage',
} %}
{%- set keys = ['segment', 'segment_value'] %}
with

conversions as (

    {{ grouped_conversions(
        ref('fct_conversions'), ref('fct_assisted_conversions'), ref('int_conversion_groups')
    ) | indent(4) }}

),

unpivoted as (

    {% for segment, value in segments.items() -%}
        select
            conversion_group,
            conversion_key,
            person_id,
            conversion_value,
            path_length,
            is_attributed,
            is_assist_only,
            '{{ segment }}' as segment,
            {{ value }} as segment_value
        from conversions
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

segmented as (

    {{ pooled_values(
        'unpivoted', ['conversion_group', 'segment'], ['segment_value'], '(other)'
    ) | indent(4) }}

),

parts as (

    {{ grouped_parts(
        'segmented', ref('fct_assisted_conversions'), keys, ['channel']
    ) | indent(4) }}

),

shown_parts as (

    {{ pooled_parts(
        'parts', ['conversion_group'] + keys, ['channel'], '(other channels)'
    ) | indent(4) }}

),

costs as (

    {{ total_costs(ref('fct_ad_spend_daily'), ['channel']) | indent(4) }}

),

{{ assists_report('segmented', 'shown_parts', 'costs', keys, ['channel'], ['channel']) }}

select * from final
