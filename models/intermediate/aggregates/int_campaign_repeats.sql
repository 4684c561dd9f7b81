-- Grain: one row per conversion group, channel, source, medium and campaign, and (total), where
-- persons have several conversions. Small campaigns are pooled as in int_campaign_roles.
-- How often the campaign assists or closes several conversions of one person.
{%- set campaign = ['channel', 'source', 'medium', 'campaign'] %}
{%- set has_pools = setting('min_group_size') > 1 %}
with

conversions as (

    select * from {{ ref('assisted_conversions', 'int_repeat_conversions') }}

),

campaign_roles as (

    select * from {{ ref('assisted_conversions', 'fct_assisted_conversions_by_campaign') }}

),

shown_campaigns as (

    select * from {{ ref('assisted_conversions', 'int_campaign_roles') }}

),

shown_roles as (

    select
        conversions.conversion_group,
        campaign_roles.channel,
        {%- for column in campaign[1:] %}
        case
            when shown_campaigns.channel is null then '(other)' else campaign_roles.{{ column }}
        end as {{ column }},
        {%- endfor %}
        conversions.conversion_key,
        conversions.person_hash,
        campaign_roles.is_assist,
        campaign_roles.is_last
    from campaign_roles
    inner join conversions
        on campaign_roles.conversion_key = conversions.conversion_key
    left join shown_campaigns
        on conversions.conversion_group = shown_campaigns.conversion_group
        and {{ same_values('campaign_roles', 'shown_campaigns', campaign) | indent(8) }}

),

-- A pool takes part in a conversion once, however many of its values do.
roles as (

    select
        conversion_group,
        channel,
        source,
        medium,
        campaign,
        person_hash,
        {{ dbt.bool_or('is_assist') if has_pools else 'is_assist' }} as is_assist,
        {{ dbt.bool_or('is_last') if has_pools else 'is_last' }} as is_last
    from shown_roles
    {%- if has_pools %}
    group by conversion_group, channel, source, medium, campaign, person_hash, conversion_key
    {%- endif %}
    union all
    select
        conversion_group,
        '(total)' as channel,
        null as source,
        null as medium,
        null as campaign,
        person_hash,
        is_assist,
        is_last
    from conversions

),

persons as (

    select
        conversion_group,
        {{ campaign | join(',\n        ') }},
        person_hash,
        {{ person_roles('roles') | indent(8) }}
    from roles
    group by
        conversion_group,
        {{ campaign | join(',\n        ') }},
        person_hash

),

final as (

    select
        conversion_group,
        {{ campaign | join(',\n        ') }},
        {{ repeat_pairs('persons') | indent(8) }}
    from persons
    group by
        conversion_group,
        {{ campaign | join(',\n        ') }}

)

select * from final
