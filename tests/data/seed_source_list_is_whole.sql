-- What: source_categories holds at least the 819 rows that GA4 published.
-- Why: a list that lost rows would move its sources to Referral without a sound.
-- Resolve: restore the seed; what you miss in it belongs in source_categories_supplement.
select count(*) as rows_found
from {{ ref('assisted_conversions', 'source_categories') }}
having count(*) < 819
