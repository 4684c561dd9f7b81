-- Grain: one row per conversion group, channel, source, medium and campaign, with a (total) row and
-- an (unattributed) row. Within a channel, campaigns of fewer persons than the setting
-- `min_group_size` are one row, (other).
{%- set campaign = ['channel', 'source', 'medium', 'campaign'] %}
with

role_counts as (

    select * from {{ ref('assisted_conversions', 'int_campaign_roles') }}

),

ad_spend as (

    select * from {{ ref('assisted_conversions', 'fct_ad_spend_daily') }}

),

costs as (

    select
        channel,
        source,
        medium,
        campaign,
        {{ sum_of_amounts('cost') }} as cost
    from ad_spend
    group by channel, source, medium, campaign
    union all
    select
        '(total)' as channel,
        null as source,
        null as medium,
        null as campaign,
        {{ sum_of_amounts('cost') }} as cost
    from ad_spend

),

final as (

    select
        role_counts.*,
        {{ channel_role('role_counts') | indent(8) }} as channel_role,

        {{ ratio('role_counts.assisted_conversions', 'role_counts.last_conversions') }}
            as assist_to_last_ratio,
        {{ assist_share('role_counts.assisted_conversions', 'role_counts.last_conversions') }}
            as assist_share,
        -- The total closes every conversion that has a path.
        {{ ratio(
            'role_counts.assisted_conversions',
            'max(role_counts.last_conversions) over (partition by role_counts.conversion_group)'
        ) }} as assist_rate,

        costs.cost,
        {{ ratio('costs.cost', 'role_counts.assisted_conversions') }}
            as cost_per_assisted_conversion,
        {{ ratio('costs.cost', 'role_counts.last_conversions') }} as cost_per_last_conversion
    from role_counts
    left join costs
        on {{ same_values('role_counts', 'costs', campaign) | indent(8) }}

)

select * from final
