-- What: shares and rates of reports are between 0 and 1.
-- Why: a rate above 1 means that something is counted twice.
-- Resolve: look at what the report divides by.
{%- set shares = [
    ('rpt_channel_assists', 'assist_rate'),
    ('rpt_channel_pairs', 'share_of_closer'),
    ('rpt_conversion_sources', 'preceded_share'),
    ('rpt_path_clusters', 'conversion_rate'),
] %}
{% for report, share in shares -%}
select
    '{{ report }}' as report,
    '{{ share }}' as share,
    {{ share }} as share_value
from {{ ref('assisted_conversions', report) }}
where {{ share }} < 0 or {{ share }} > 1
{{ 'union all' if not loop.last }}
{% endfor %}
