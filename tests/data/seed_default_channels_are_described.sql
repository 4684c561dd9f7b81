{%- set default_channels = [
    'Direct', 'Cross-network', 'Paid Shopping', 'Paid Search', 'Paid Social', 'Paid Video',
    'Display', 'Paid Other', 'Organic Shopping', 'Organic Social', 'Organic Video',
    'Organic Search', 'AI Assistant', 'Referral', 'Email', 'Affiliates', 'Audio', 'SMS',
    'Mobile Push Notifications', 'Offline', 'Unassigned',
] -%}
-- What: every channel that the default rules can give stands in the seed channels, and Direct is
--     the direct one.
-- Why: facts take the funnel stage and last_non_direct from there.
-- Resolve: add the channel to the seed.
with

default_channels as (

    {% for channel in default_channels -%}
    select '{{ channel }}' as channel
    {{- '\n    union all' if not loop.last }}
    {% endfor %}

)

select default_channels.channel
from default_channels
left join {{ ref('assisted_conversions', 'channels') }} as channels
    on default_channels.channel = channels.channel
where
    channels.channel is null
    or (channels.channel = 'Direct') != channels.is_direct
