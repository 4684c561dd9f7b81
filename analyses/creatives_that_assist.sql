-- Question: which creatives start and carry journeys, and what does an assist of each cost?
-- Reading: creatives are tagged in utm_content, of visits and of spend alike; a creative without
--     spend under the same tag has no cost. Low `cost_per_assisted_conversion` with few closes is
--     what a platform's own last-click report hides. Assists do not add up over creatives.
{{ config(enabled=project_name == 'assisted_conversions') }}
select
    conversion_group,
    value as creative,
    conversions,
    assisted_conversions,
    last_conversions,
    assist_to_last_ratio,
    channel_role as creative_role,
    cost,
    cost_per_assisted_conversion,
    cost_per_last_conversion
from {{ ref('assisted_conversions', 'rpt_content_assists') }}
where
    level = 'content'
    and value is not null
    and value not in ('(total)', '(unattributed)')
order by
    conversion_group,
    assisted_conversions desc,
    creative
