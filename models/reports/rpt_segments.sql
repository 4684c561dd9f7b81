-- Grain: one row per conversion group, segment, segment value and channel, with (total) rows.
-- Segment values and channels of fewer than `min_group_size` persons are pooled, so that no row
-- shows a single person; what nobody stated is the null value.
{%- set keys = ['segment', 'segment_value'] %}
{%- set pool = {'by': ['conversion_group', 'segment'], 'columns': ['segment_value'],
    'other': '(other)'} %}
with

conversions as (

    {{ each_group(ref('assisted_conversions', 'fct_conversions'), ref('assisted_conversions', 'int_conversion_groups')) | indent(4) }}

),

people as (

    {{ each_segment('conversions') | indent(4) }}

),

shown_people as (

    {{ pooled_values('people', **pool) | indent(4) }}

),

combined_sums as (

    {{ grouped_role_sums(
        ref('assisted_conversions', 'int_segment_role_sums'),
        ref('assisted_conversions', 'int_conversion_groups'),
        segment_columns() + ['channel']
    ) | indent(4) }}

),

segment_sums as (

    {{ each_segment('combined_sums') | indent(4) }}

),

shown_segment_sums as (

    {{ pooled_values('segment_sums', people='people', **pool) | indent(4) }}

),

sums as (

    {{ added_up(
        'shown_segment_sums', ['conversion_group'] + keys + ['channel'], role_measures()
    ) | indent(4) }}

),

combined_unattributed as (

    select
        conversion_group,
        {{ segment_columns() | join(',\n        ') }},
        count(*) as conversions
    from conversions
    where not is_attributed
    group by
        conversion_group,
        {{ segment_columns() | join(',\n        ') }}

),

segment_unattributed as (

    {{ each_segment('combined_unattributed') | indent(4) }}

),

unattributed as (

    {{ pooled_values('segment_unattributed', people='people', **pool) | indent(4) }}

),

-- What pools are made from; without pools nobody reads it.
parts as ( -- noqa: ST03

    {{ grouped_parts(
        'shown_people', ref('assisted_conversions', 'fct_assisted_conversions'), keys, ['channel']
    ) | indent(4) }}

),

shown_sums as (

    {{ pooled_role_sums(
        'sums', 'parts', ['conversion_group'] + keys, ['channel'], '(other channels)'
    ) | indent(4) }}

),

costs as (

    {{ total_costs(ref('assisted_conversions', 'fct_ad_spend_daily'), ['channel']) | indent(4) }}

),

{{ assists_report('sums', 'shown_sums', 'unattributed', 'costs', keys, ['channel'], ['channel']) }}

select * from final
