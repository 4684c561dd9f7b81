-- Grain: one row per conversion group and non-converting journey.
with

journey_touches as (

    select * from {{ ref('int_journey_touches') }}

),

final as (

    select
        conversion_group,
        person_id,

        min(touched_at) as started_at,
        max(touched_at) as ended_at,
        max(path_length) as path_length,
        {{ ordered_text('channel', 'touch_position') }} as path
    from journey_touches
    group by
        conversion_group,
        person_id,
        journey_number

)

select * from final
