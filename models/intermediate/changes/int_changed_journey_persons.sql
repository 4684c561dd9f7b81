-- Grain: one row per person of int_changed_persons, and per person with a journey that the moved
-- end of the data has closed or opened.
with

changed_persons as (

    select * from {{ ref('int_changed_persons') }}

),

journeys as (

    select * from {{ ref('int_cut_journeys') }}

),

ends as (

    select
        min(ends_at) as earlier_end,
        max(ends_at) as later_end
    from {{ changes_of(ref('int_data_end')) }}

),

final as (

    select person_id from changed_persons
    union
    select journeys.person_id
    from journeys
    cross join ends
    where
        {{ is_closed('journeys.last_touched_at', 'ends.later_end', 'journeys.lookback_days') }}
        and not {{ is_closed(
            'journeys.last_touched_at', 'ends.earlier_end', 'journeys.lookback_days'
        ) }}

)

select * from final
