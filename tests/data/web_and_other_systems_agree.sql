-- What: on no day of the last four weeks is the web's count or value of a conversion type further
--     from that of CRM and backend than setting `max_conversion_drift`.
-- Why: paths are made of what the web sees. Conversions that it misses have no path, and those
--     that it counts twice are assisted twice.
-- Resolve: look at audit_conversion_drift. Many `web_only` rows: the web fires twice, or orders
--     don't reach the CRM. Many `system_only` rows: a tag is missing, blocked or waits for
--     consent.
{{ config(severity='warn') }}
with

drift as (

    select * from {{ ref('assisted_conversions', 'audit_conversion_drift') }}

),

last_day as (

    select max(conversion_date) as conversion_date
    from drift

)

select
    drift.conversion_date,
    drift.conversion_type,
    drift.count_drift,
    drift.value_drift
from drift
cross join last_day
where
    drift.is_flagged
    and drift.conversion_date > {{ later_date('last_day.conversion_date', -28) }}
