-- Question, of the SEO team: which pages open and carry journeys that something else closes?
-- Reading: pages of a role other than `closer` earn their keep before the last click. `assist_rate`
--     is the share of all conversions with a path that the page assisted. A conversion may have
--     many pages: assists do not add up. Pages of few persons are in `(other)`, where var
--     `min_group_size` is above 1.
{{ config(
    enabled=project_name == 'assisted_conversions'
    and is_switched_on('rpt_content_assists')
) }}
select
    conversion_group,
    value as landing_page,
    conversions,
    assisted_conversions,
    last_conversions,
    first_conversions,
    assist_to_last_ratio,
    assist_rate,
    channel_role as page_role,
    assisted_value
from {{ ref('assisted_conversions', 'rpt_content_assists') }}
where
    level = 'landing_page'
    and value is not null
    and value not in ('(total)', '(unattributed)')
order by
    conversion_group,
    assisted_conversions desc,
    landing_page
