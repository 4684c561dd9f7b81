{#
    The query of the numbers of each channel and campaign.
    Arguments: state_names, name of a CTE of int_state_names.
    Example: touch_codes('state_names')
#}
{% macro touch_codes(state_names) -%}
select
    campaigns.channel,
    campaigns.campaign,
    channels.name_id as channel_id,
    campaigns.name_id as campaign_id
from {{ state_names }} as campaigns
inner join {{ state_names }} as channels
    on campaigns.channel = channels.channel
    and channels.level = 'channel'
where campaigns.level = 'campaign'
{%- endmacro %}
