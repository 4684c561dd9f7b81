-- Grain: one row per conversion group, channel, source, medium and campaign, with a (total) row and
-- an (unattributed) row. Within a channel, campaigns of fewer persons than the setting
-- `min_group_size` are one row, (other).
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

with_intervals as (

    select
        role_counts.*,
        {{ assist_share_half_width('role_counts', 'repeats') | indent(8) }}
            as assist_share_half_width
    from role_counts
    left join repeats
        on {{ same_values(
            'role_counts', 'repeats', ['conversion_group'] + campaign
        ) | indent(8) }}

),

final as (

    select
        role_counts.* {{ except_columns(['assist_share_half_width']) }},
        {{ channel_role('role_counts') | indent(8) }} as channel_role,

        {{ assist_measures('role_counts') | indent(8) }},
        -- The total closes every conversion that has a path.
        {{ ratio(
            'role_counts.assisted_conversions',
            'max(role_counts.last_conversions) over (partition by role_counts.conversion_group)'
        ) }} as assist_rate,

        costs.cost,
        {{ ratio('costs.cost', 'role_counts.assisted_conversions') }}
            as cost_per_assisted_conversion,
        {{ ratio('costs.cost', 'role_counts.last_conversions') }} as cost_per_last_conversion
    from with_intervals as role_counts
    left join costs
        on {{ same_values('role_counts', 'costs', campaign) | indent(8) }}

)

select * from final
