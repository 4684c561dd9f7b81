-- What: each channel is there once, with a funnel stage and both flags; all channels of the
--     default channel group are there, and of them only Direct is direct.
-- Why: facts take the funnel stage, and the model last_non_direct its exception, from this table.
-- Resolve: correct or add the row in the seed channels, or in the table that replaces it.
{%- set default_channels = [
    'Direct', 'Cross-network', 'Paid Shopping', 'Paid Search', 'Paid Social', 'Paid Video',
    'Display', 'Paid Other', 'Organic Shopping', 'Organic Social', 'Organic Video',
    'Organic Search', 'AI Assistant', 'Referral', 'Email', 'Affiliates', 'Audio', 'SMS',
    'Mobile Push Notifications', 'Offline', 'Unassigned',
] %}
with

default_channels as (

    {% for channel in default_channels -%}
    select '{{ channel }}' as default_channel
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

channels as (

    select
        *,
        count(*) over (partition by channel) as times
    from {{ rule('channels') }}

),

with_problem as (

    select
        coalesce(channels.channel, default_channels.default_channel) as channel,
        case
            when default_channels.default_channel is null and channels.channel is null
                then 'channel is missing'
            when channels.channel is null then 'a channel of the default channel group is missing'
            when channels.times > 1 then 'channel is there more than once'
            when channels.channel != trim(channels.channel) or channels.channel = ''
                then 'channel is blank, or has spaces around it'
            when left(channels.channel, 1) = '('
                then 'names in parentheses are those of rows that are not a channel'
            when coalesce(channels.funnel_stage, '') not in ('upper', 'mid', 'lower')
                then 'funnel_stage is none of upper, mid and lower'
            when channels.is_paid is null then 'is_paid is missing'
            when channels.is_direct is null then 'is_direct is missing'
            when
                default_channels.default_channel is not null
                and channels.is_direct != (channels.channel = 'Direct')
                then 'of the default channels, Direct alone is direct'
        end as problem
    from channels
    full join default_channels
        on channels.channel = default_channels.default_channel

)

select * from with_problem
where problem is not null
