-- Question: which small steps announce a purchase, a deal, a lead?
-- Reading: `preceded_share` is the share of macro conversions whose person had made the micro one
--     before, `median_lag_days` how long before. A high share is no cause: it says where to look,
--     and which step to count while the macro conversion is still months away.
{{ config(
    enabled=project_name == 'assisted_conversions'
    and is_switched_on('rpt_conversion_sources')
) }}
select
    macro_type,
    micro_type,
    macro_conversions,
    preceded_conversions,
    preceded_share,
    median_lag_days
from {{ ref('assisted_conversions', 'rpt_conversion_sources') }}
where preceded_conversions > 0
order by
    macro_type,
    preceded_share desc
