-- What: a source stands once in the source list and its supplement together, whatever its case.
-- Why: lookups ignore case, so a second row would double every touch of that source.
-- Resolve: take the row out of source_categories_supplement.
with

listed_sources as (

    select lower(source) as source from {{ ref('assisted_conversions', 'source_categories') }}
    union all
    select lower(source) as source from {{ ref('assisted_conversions', 'source_categories_supplement') }}

)

select
    source,
    count(*) as rows_found
from listed_sources
group by source
having count(*) > 1
