-- Grain: one row per person with a session that may stand on a path, engaged or not.
{{ config(meta={'keeps_changes': true}) }}
{{ rebuilt_by('person_id', 'int_changed_persons') }}
with

touchpoints as (

    select * from {{ ref('int_touchpoints') }}
    where {{ is_changed('person_id', 'int_changed_persons', 'person_id') }}

),

final as (

    select
        person_id,
        min(touched_at) as first_session_at
    from touchpoints
    where touch_type = 'session'
    group by person_id

)

select * from final
