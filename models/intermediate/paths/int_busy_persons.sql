-- Grain: one row per person with more touchpoints than var `max_touches_per_path`, of whose paths
-- only the touches nearest the conversion are built.
{{ rebuilt_by('person_id', 'int_changed_persons') }}
with

touchpoints as (

    select * from {{ ref('int_touchpoints') }}
    where {{ is_changed('person_id', 'int_changed_persons', 'person_id') }}

),

final as (

    select
        person_id,
        count(*) as touchpoints
    from touchpoints
    group by person_id
    having count(*) > {{ setting('max_touches_per_path') }}

)

select * from final
