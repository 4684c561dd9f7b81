-- What: the touches of every attributed conversion are at positions 1 to path_length, one at
--     each; one of them is the first and one the last.
-- Why: position and length decide every role and credit.
-- Resolve: look at numbered_touches, and for a touch that is twice on one path.
with

conversions as (

    select
        conversion_key,
        path_length
    from {{ ref('assisted_conversions', 'fct_conversions') }}
    where
        is_attributed
        and {{ may_have_changed() }}

),

paths as (

    select
        conversion_key,
        count(*) as touches,
        count(distinct touch_position) as positions,
        min(touch_position) as lowest_position,
        max(touch_position) as highest_position,
        min(path_length) as shortest_length,
        max(path_length) as longest_length,
        count(case when is_first_touch then 1 end) as first_touches,
        count(case when is_last_touch then 1 end) as last_touches
    from {{ ref('assisted_conversions', 'fct_conversion_touches') }}
    where {{ may_have_changed() }}
    group by conversion_key

)

select
    conversions.path_length,
    paths.*
from conversions
full join paths
    on conversions.conversion_key = paths.conversion_key
where
    conversions.conversion_key is null
    or paths.conversion_key is null
    or paths.touches != conversions.path_length
    or paths.positions != conversions.path_length
    or paths.lowest_position != 1
    or paths.highest_position != conversions.path_length
    or paths.shortest_length != conversions.path_length
    or paths.longest_length != conversions.path_length
    or paths.first_touches != 1
    or paths.last_touches != 1
