-- Grain: one row per conversion and touchpoint on its path.
{{ config(
    materialized='incremental',
    incremental_strategy=assisted_conversions.changed_keys_strategy(),
    pre_hook="{{ assisted_conversions.delete_changed_keys('person_id') }}",
    on_schema_change='append_new_columns'
) }}
with

touch_weights as (

    select * from {{ ref('assisted_conversions', 'int_touch_weights') }}
    where {{ is_changed('person_id') }}

),

-- For their texts, which join at the end: until then touches are sorted and grouped without them.
candidates as (

    select * from {{ ref('assisted_conversions', 'int_path_candidates') }}
    where {{ is_changed('person_id') }}

),

paths as (

    select
        conversion_key,
        {%- for model in rule_models() %}
        sum({{ as_double('weight_' ~ model) }}) as weight_{{ model }}{{ ',' if not loop.last }}
        {%- endfor %}
    from touch_weights
    group by conversion_key

),

credited as (

    select
        touch_weights.*,
        {%- for model in rule_models() %}
        cast(touch_weights.weight_{{ model }} / paths.weight_{{ model }} as {{ double_type() }})
            as credit_{{ model }}{{ ',' if not loop.last }}
        {%- endfor %}
    from touch_weights
    inner join paths
        on touch_weights.conversion_key = paths.conversion_key

),

final as (

    select
        candidates.conversion_key,
        candidates.touchpoint_id,

        credited.touch_position,
        credited.path_length,
        candidates.touched_at,
        credited.days_before_conversion,

        candidates.channel,
        candidates.source,
        candidates.medium,
        candidates.campaign,
        candidates.content,
        candidates.term,
        candidates.landing_page,
        candidates.funnel_stage,
        candidates.touch_type,
        {{ journey_phase('credited.touch_position', 'credited.path_length') | indent(8) }}
            as journey_phase,
        candidates.device_type,
        candidates.country,

        credited.touch_position = 1 as is_first_touch,
        credited.touch_position = credited.path_length as is_last_touch,
        credited.touch_position < credited.path_length as is_assist,
        {% for model in rule_models() %}
        credited.credit_{{ model }},
        {%- endfor %}

        candidates.person_id
    from credited
    inner join candidates
        on
            credited.conversion_key = candidates.conversion_key
            and credited.touchpoint_id = candidates.touchpoint_id

)

select * from final
