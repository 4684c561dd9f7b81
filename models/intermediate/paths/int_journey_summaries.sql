-- Grain: one row per conversion group and non-converting journey.
{{ rebuilt_by('person_id', 'int_changed_journey_persons') }}
with

journey_touches as (

    select * from {{ only_changed('int_journey_touches') }}

),

final as (

    select
        conversion_group,
        person_id,
        journey_number,

        min(touched_at) as started_at,
        max(touched_at) as ended_at,
        max(path_length) as path_length,
        max(case when touch_position = 1 then channel end) as first_channel,
        max(case when touch_position = path_length then channel end) as last_channel,
        {{ ordered_text('channel', 'touch_position') }} as path
    from journey_touches
    group by
        conversion_group,
        person_id,
        journey_number

)

select * from final
