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

-- Grouped and joined: a window would sort the touches with all their texts.
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
        conversion_key,
        touchpoint_id,

        touch_position,
        path_length,
        touched_at,
        days_before_conversion,

        channel,
        source,
        medium,
        campaign,
        content,
        term,
        landing_page,
        funnel_stage,
        touch_type,
        {{ journey_phase('touch_position', 'path_length') | indent(8) }} as journey_phase,
        device_type,
        country,

        touch_position = 1 as is_first_touch,
        touch_position = path_length as is_last_touch,
        touch_position < path_length as is_assist,
        {% for model in rule_models() %}
        credit_{{ model }},
        {%- endfor %}

        person_id
    from credited

)

select * from final
