-- Question: which creatives start and carry journeys?
-- Reading: creatives are tagged in utm_content. Many assists with few closes are what a platform's
--     own last-click report hides. Assists do not add up over creatives. What a creative's visits
--     cost is not known: spend is known by campaign.
{{ config(
    enabled=project_name == 'assisted_conversions'
    and is_switched_on('rpt_content_assists')
) }}
select
    conversion_group,
    value as creative,
    conversions,
    assisted_conversions,
    last_conversions,
    assist_to_last_ratio,
    channel_role as creative_role
from {{ ref('assisted_conversions', 'rpt_content_assists') }}
where
    level = 'content'
    and value is not null
    and value not in ('(total)', '(unattributed)')
order by
    conversion_group,
    assisted_conversions desc,
    creative
