-- Grain: one row per conversion group, channel, source, medium and campaign, with a (total) row and
-- an (unattributed) row. Small campaigns of a channel (int_pooled_campaigns) are one row, (other).
-- A campaign with spend has a row, even if it takes part in no conversion, so costs add up.
{%- set campaign = ['channel', 'source', 'medium', 'campaign'] %}
with

role_counts as (

    select * from {{ ref('assisted_conversions', 'int_campaign_roles') }}

),

repeats as (

    select * from {{ ref('assisted_conversions', 'int_campaign_repeats') }}

),

ad_spend as (

    select * from {{ ref('assisted_conversions', 'fct_ad_spend_daily') }}

),

pooled_campaigns as (

    select * from {{ ref('assisted_conversions', 'int_pooled_campaigns') }}

),

data_cautions as (

    select * from {{ ref('assisted_conversions', 'int_data_cautions') }}

),

groups as (

    select distinct conversion_group
    from role_counts

),

-- Spend has no conversion type: each group shows a campaign's whole cost.
group_costs as (

    select
        groups.conversion_group,
        ad_spend.*
    from ad_spend
    cross join groups

),

costs as (

    select
        group_costs.conversion_group,
        group_costs.channel,
        {%- for column in campaign[1:] %}
        case
            when pooled_campaigns.conversion_group is null then group_costs.{{ column }}
            else '(other)'
        end as {{ column }},
        {%- endfor %}
        {{ sum_of_amounts('group_costs.cost') }} as cost
    from group_costs
    left join pooled_campaigns
        on {{ same_values(
            'group_costs', 'pooled_campaigns', ['conversion_group'] + campaign
        ) | indent(8) }}
    group by
        group_costs.conversion_group,
        group_costs.channel,
        {%- for column in campaign[1:] %}
        case
            when pooled_campaigns.conversion_group is null then group_costs.{{ column }}
            else '(other)'
        end{{ ',' if not loop.last }}
        {%- endfor %}
    union all
    select
        conversion_group,
        '(total)' as channel,
        null as source,
        null as medium,
        null as campaign,
        {{ sum_of_amounts('cost') }} as cost
    from group_costs
    group by conversion_group

),

with_spend_alone as (

    select * from role_counts
    union all
    select
        costs.conversion_group,
        costs.channel,
        costs.source,
        costs.medium,
        costs.campaign,
        {{ no_role_counts() | indent(8) }}
    from costs
    left join role_counts
        on {{ same_values('costs', 'role_counts', ['conversion_group'] + campaign) | indent(8) }}
    where role_counts.conversion_group is null

),

with_intervals as (

    select
        counts.*,
        {{ assist_share_half_width('counts', 'repeats') | indent(8) }} as assist_share_half_width
    from with_spend_alone as counts
    left join repeats
        on {{ same_values('counts', 'repeats', ['conversion_group'] + campaign) | indent(8) }}

),

final as (

    select
        counts.conversion_group,
        counts.channel,
        counts.source,
        counts.medium,
        counts.campaign,
        counts.conversions,
        counts.assisted_conversions,
        counts.assist_only_conversions,
        counts.last_conversions,
        counts.first_conversions,
        counts.sole_conversions,
        counts.introduced_conversions,
        counts.nurtured_conversions,
        counts.assisted_value,
        counts.last_value,
        counts.first_value,
        {{ channel_role('counts') | indent(8) }} as channel_role,

        {{ assist_measures('counts') | indent(8) }},
        -- The total closes every conversion that has a path.
        {{ ratio(
            'counts.assisted_conversions',
            'max(counts.last_conversions) over (partition by counts.conversion_group)'
        ) }} as assist_rate,

        costs.cost,
        {{ ratio('costs.cost', 'counts.assisted_conversions') }}
            as cost_per_assisted_conversion,
        {{ ratio('costs.cost', 'counts.last_conversions') }} as cost_per_last_conversion,

        coalesce(data_cautions.data_flag, 'ok') as data_flag
    from with_intervals as counts
    left join costs
        on {{ same_values('counts', 'costs', ['conversion_group'] + campaign) | indent(8) }}
    left join data_cautions
        on counts.conversion_group = data_cautions.conversion_group

)

select * from final
