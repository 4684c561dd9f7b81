-- What: no ad platform claims more conversions than setting `max_over_claim` times those that its
--     traffic took part in, in months and types of 30 claims or more; and each is in the seed
--     platforms.
-- Why: platforms count conversions after a mere view, on other devices, and each for itself.
--     Budgets by their own figures pay several of them for one conversion.
-- Resolve: compare the platform's window and views with yours, then look for its traffic under
--     other sources or in Unassigned. Where the seed platforms lacks the platform, add its rows;
--     where the difference is known, raise the setting.
{{ config(severity='warn') }}
select
    month,
    platform,
    conversion_type,
    claimed_conversions,
    conversions,
    over_claim_ratio
from {{ ref('assisted_conversions', 'audit_platform_claims') }}
where
    conversions is null
    or (
        claimed_conversions >= 30
        and claimed_conversions > conversions * {{ setting('max_over_claim') }}
    )
