-- What: tags and spend have only the sources, media and campaigns of the seed tracking_plan, on
--     the days for which it plans them.
-- Why: a campaign under two spellings is two campaigns in every report, each of them small.
-- Resolve: ask the owner named in audit_tracking_plan to correct the tag, or add the value to the
--     plan. A field without rows in the plan is not checked.
{{ config(severity='warn') }}
select
    field,
    value,
    rule,
    sessions,
    conversions,
    cost,
    owner
from {{ ref('assisted_conversions', 'audit_tracking_plan') }}
