-- Question: which keywords assist, and which only close what others have begun?
-- Reading: keywords are tagged in utm_term. Brand keywords mostly close; generic ones that assist
--     are the first to be cut by last click, and brand search falls after them. Assists do not add
--     up over keywords.
{{ config(
    enabled=project_name == 'assisted_conversions'
    and is_switched_on('rpt_content_assists')
) }}
select
    conversion_group,
    value as keyword,
    conversions,
    assisted_conversions,
    last_conversions,
    assist_to_last_ratio,
    assist_share,
    channel_role as keyword_role,
    assisted_value
from {{ ref('assisted_conversions', 'rpt_content_assists') }}
where
    level = 'term'
    and value is not null
    and value not in ('(total)', '(unattributed)')
order by
    conversion_group,
    assisted_conversions desc,
    keyword
