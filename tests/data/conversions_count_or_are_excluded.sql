-- What: every staged conversion either counts or is in audit_excluded_conversions.
-- Why: nobody but the person who closed it would miss a deal that a join lost.
-- Resolve: follow the missing or doubled key through int_conversion_events,
--     int_excluded_conversions and int_conversions.
with

staged as (

    select count(*) as conversions
    from {{ ref('assisted_conversions', 'stg_conversions') }}
    where not {{ leaves_with_its_person('conversion', 'conversion_key') }}

),

counted as (

    select count(*) as conversions
    from {{ ref('assisted_conversions', 'fct_conversions') }}

),

excluded as (

    select count(*) as conversions
    from {{ ref('assisted_conversions', 'audit_excluded_conversions') }}

)

select
    staged.conversions as staged_conversions,
    counted.conversions as counted_conversions,
    excluded.conversions as excluded_conversions
from staged
cross join counted
cross join excluded
where staged.conversions != counted.conversions + excluded.conversions
