-- Grain: one row per conversion group, channel, source, medium and campaign, with a (total) row and
-- an (unattributed) row. Small campaigns of a channel (int_pooled_campaigns) are one row, (other).
{%- set campaign = ['channel', 'source', 'medium', 'campaign'] %}
with

performance as (

    select * from {{ ref('assisted_conversions', 'fct_campaign_performance_daily') }}

),

roles as (

    select * from {{ ref('assisted_conversions', 'fct_assisted_conversions_by_campaign') }}

),

-- A second import: one that is read twice is written to memory, all of it.
closers as (

    select * from {{ ref('assisted_conversions', 'fct_assisted_conversions_by_campaign') }}
    where is_last

),

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}

),

small_campaigns as (

    select * from {{ ref('assisted_conversions', 'int_pooled_campaigns') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

-- Each conversion once, however many of a channel's small campaigns take part in it.
pooled as (

    select
        conversion_groups.conversion_group,
        roles.channel,
        roles.conversion_key,
        {{ pooled_roles('roles') | indent(8) }}
    from roles
    inner join conversion_groups
        on roles.conversion_type = conversion_groups.conversion_type
    inner join small_campaigns
        on conversion_groups.conversion_group = small_campaigns.conversion_group
        and {{ same_values('roles', 'small_campaigns', campaign) | indent(8) }}
    group by conversion_groups.conversion_group, roles.channel, roles.conversion_key

),

final as (

    select
        conversion_groups.conversion_group,
        performance.channel,
        performance.source,
        performance.medium,
        performance.campaign,
        {{ sums_of_role_counts('performance') | indent(8) }}
    from performance
    inner join conversion_groups
        on performance.conversion_type = conversion_groups.conversion_type
    left join small_campaigns
        on conversion_groups.conversion_group = small_campaigns.conversion_group
        and {{ same_values('performance', 'small_campaigns', campaign) | indent(8) }}
    where small_campaigns.conversion_group is null
    group by
        conversion_groups.conversion_group,
        performance.channel,
        performance.source,
        performance.medium,
        performance.campaign
    union all
    select
        conversion_group,
        channel,
        '(other)' as source,
        '(other)' as medium,
        '(other)' as campaign,
        {{ role_counts('pooled') | indent(8) }}
    from pooled
    group by conversion_group, channel
    union all
    select
        conversion_groups.conversion_group,
        '(total)' as channel,
        null as source,
        null as medium,
        null as campaign,
        {{ whole_conversion_counts(
            'conversions', 'closers.touch_count < closers.path_length'
        ) | indent(8) }}
    from conversions
    inner join conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type
    left join closers
        on conversions.conversion_key = closers.conversion_key
    group by conversion_groups.conversion_group

)

select * from final
