-- Grain: one row per conversion and touchpoint on its path, after path rules.
-- Each rule model's weight of the touch, before it is normalised over the path. A part of
-- fct_conversion_touches, which holds these touches for all others to read.
{{ config(materialized='ephemeral') }}
with

candidates as (

    select * from {{ ref('assisted_conversions', 'int_path_candidates') }}
    where {{ is_changed('person_id', of='fct_conversion_touches') }}

),

stages as (

    select * from {{ ref('assisted_conversions', 'int_conversion_stages') }}
    where coalesce(lead_entered_at, opportunity_entered_at) is not null

),

{% set rules = path_rule_steps('candidates', 'conversion_key') -%}
{% for rule in rules.steps -%}
{{ rule.name }} as (

    {{ rule.query | indent(4) }}

),

{% endfor -%}
path_touches as (

    {{ numbered_touches(rules.last, 'conversion_key') | indent(4) }}

),

-- A milestone is on the last touch at or before entering its stage.
milestones as (

    select
        path_touches.conversion_key,
        max(case
            when path_touches.touched_at <= stages.lead_entered_at
                then path_touches.touch_position
        end) as lead_position,
        max(case
            when path_touches.touched_at <= stages.opportunity_entered_at
                then path_touches.touch_position
        end) as opportunity_position
    from path_touches
    inner join stages
        on path_touches.conversion_key = stages.conversion_key
    group by path_touches.conversion_key

),

-- Grouped and joined: a window would sort the touches with all their texts.
paths as (

    select
        conversion_key,
        max(touched_at) as last_touched_at,
        min(case when is_paid then touch_position end) as first_paid_position,
        max(case when is_paid then touch_position end) as last_paid_position,
        max(case when not is_direct then touch_position end) as last_non_direct_position
    from path_touches
    group by conversion_key

),

with_positions as (

    select
        path_touches.*,
        {{ days_between('path_touches.touched_at', 'path_touches.converted_at') }}
            as days_before_conversion,
        {{ days_between('path_touches.touched_at', 'paths.last_touched_at') }}
            as days_before_last_touch,
        coalesce(paths.first_paid_position, 1) as first_paid_position,
        coalesce(paths.last_paid_position, path_touches.path_length) as last_paid_position,
        coalesce(paths.last_non_direct_position, path_touches.path_length)
            as last_non_direct_position,
        milestones.conversion_key is not null as has_stages,
        milestones.lead_position,
        milestones.opportunity_position
    from path_touches
    inner join paths
        on path_touches.conversion_key = paths.conversion_key
    left join milestones
        on path_touches.conversion_key = milestones.conversion_key

),

-- How many touches are not a milestone. Two milestones may be on one touch; one may be on none.
with_other_touches as (

    select
        *,
        path_length - {{ distinct_milestones(['1', 'lead_position', 'opportunity_position']) }}
            as w_shaped_others,
        path_length - {{ distinct_milestones(
            ['1', 'lead_position', 'opportunity_position', 'path_length']
        ) }} as full_path_others
    from with_positions

),

final as (

    select
        *,
        {% for model, position in {
            'first_touch': '1',
            'last_touch': 'path_length',
            'first_paid_touch': 'first_paid_position',
            'last_paid_touch': 'last_paid_position',
            'last_non_direct': 'last_non_direct_position',
        }.items() -%}
        case
            when touch_position = {{ position }} then {{ as_double(1) }}
            else {{ as_double(0) }}
        end as weight_{{ model }},
        {% endfor -%}
        {{ as_double(1) }} as weight_linear,
        {% set position_based = position_weight(
            'touch_position', 'path_length', setting('position_weights')
        ) -%}
        {{ position_based }} as weight_position_based,
        {{ position_weight('touch_position', 'path_length', [0.2, 0.2, 0.6]) }} as weight_j_shaped,
        {{ position_weight('touch_position', 'path_length', [0.6, 0.2, 0.2]) }}
            as weight_inverse_j,
        pow(
            {{ as_double(2) }},
            -days_before_last_touch / {{ setting('time_decay_half_life_days') }}
        )
            as weight_time_decay,
        case
            when not has_stages then {{ position_based | indent(8) }}
            else {{ milestone_weight(
                'touch_position',
                ['1', 'lead_position', 'opportunity_position'],
                0.3, 0.1, 'w_shaped_others'
            ) | indent(8) }}
        end as weight_w_shaped,
        case
            when not has_stages then {{ position_based | indent(8) }}
            else {{ milestone_weight(
                'touch_position',
                ['1', 'lead_position', 'opportunity_position', 'path_length'],
                0.225, 0.1, 'full_path_others'
            ) | indent(8) }}
        end as weight_full_path
    from with_other_touches

)

select * from final
