-- Grain: one row per browser and the user who logged in with it.
-- Where a visitor logs in, Matomo overwrites the browser's id of the visit with one made of the
-- user id. The actions before keep the browser's.
{{ config(enabled=adapter_is_on('matomo')) }}
with

visits as (

    select * from {{ ref('assisted_conversions', 'base_matomo__log_visit') }}
    where {{ is_of_matomo_sites() }}

),

actions as (

    select * from {{ ref('assisted_conversions', 'base_matomo__log_link_visit_action') }}

),

final as (

    select
        'visitor' as left_type,
        actions.idvisitor as left_id,
        'user' as right_type,
        visits.user_id as right_id,
        min(actions.server_time) as linked_at
    from actions
    inner join visits
        on actions.idvisit = visits.idvisit
        and actions.idvisitor != visits.idvisitor
    where visits.user_id is not null
    group by actions.idvisitor, visits.user_id

)

select * from final
