-- A report of this project on the package's tables.
select
    channel,
    last_conversions
from {{ ref('assisted_conversions', 'rpt_channel_assists') }}
where conversion_group = 'purchase'
