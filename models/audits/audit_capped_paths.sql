-- Grain: one row per conversion with more touches in its window than setting
-- `max_touches_per_path`; only those nearest the conversion are on its path.
with

candidates as (

    select * from {{ ref('assisted_conversions', 'int_path_candidates') }}

),

final as (

    select
        conversion_key,
        person_id,

        count(*) + max(touches_left_out) as touches_in_window,
        count(*) as touches_kept,
        max(touches_left_out) as touches_left_out,

        converted_at
    from candidates
    where touches_left_out > 0
    group by
        conversion_key,
        person_id,
        converted_at

)

select * from final
