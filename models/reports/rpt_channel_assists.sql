-- Grain: one row per conversion group and channel, with a (total) row and an (unattributed) row.
-- Assists do not add up over channels: the (total) row counts each conversion once.
with

assisted as (

    select * from {{ ref('fct_assisted_conversions') }}

),

conversions as (

    select * from {{ ref('fct_conversions') }}

),

conversion_groups as (

    select * from {{ ref('int_conversion_groups') }}

),

ad_spend as (

    select * from {{ ref('fct_ad_spend_daily') }}

),

channel_costs as (

    select
        channel,
        sum(cost) as cost
    from ad_spend
    group by channel
    union all
    select
        '(total)' as channel,
        sum(cost) as cost
    from ad_spend

),

channel_roles as (

    select
        conversion_groups.conversion_group,
        assisted.channel,
        {{ role_counts() | indent(8) }},
        count(case when is_first and not is_sole then 1 end) as introduced_conversions,
        count(case when not is_first and not is_last then 1 end) as nurtured_conversions
    from assisted
    inner join conversion_groups
        on assisted.conversion_type = conversion_groups.conversion_type
    group by
        conversion_groups.conversion_group,
        assisted.channel

),

-- A conversion as a whole, in the columns of a channel's part in it.
whole_conversions as (

    select
        conversions.conversion_key,
        conversions.conversion_type,
        conversions.conversion_value,
        conversions.is_attributed,
        conversions.is_attributed as is_first,
        conversions.is_attributed as is_last,
        conversions.is_assisted as is_assist,
        conversions.path_length = 1 as is_sole,
        coalesce(channels.has_assist_only, false) as is_assist_only,
        case when conversions.is_assisted then conversions.conversion_value else 0 end
            as assisted_value,
        case when conversions.is_attributed then conversions.conversion_value else 0 end
            as last_value
    from conversions
    left join (
        select
            conversion_key,
            bool_or(is_assist_only) as has_assist_only
        from assisted
        group by conversion_key
    ) as channels
        on conversions.conversion_key = channels.conversion_key

),

named_rows as (

    {% for channel, condition in {'(total)': 'true', '(unattributed)': 'not is_attributed'}.items() -%}
        select
            conversion_groups.conversion_group,
            '{{ channel }}' as channel,
            {{ role_counts() | indent(12) }},
            cast(null as bigint) as introduced_conversions,
            cast(null as bigint) as nurtured_conversions
        from whole_conversions
        inner join conversion_groups
            on whole_conversions.conversion_type = conversion_groups.conversion_type
        where {{ condition }}
        group by conversion_groups.conversion_group
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

attributed as (

    select
        conversion_group,
        last_conversions as attributed_conversions
    from named_rows
    where channel = '(total)'

),

unioned as (

    select * from channel_roles
    union all
    select * from named_rows

),

final as (

    select
        unioned.conversion_group,
        unioned.channel,

        unioned.conversions,
        unioned.assisted_conversions,
        unioned.assist_only_conversions,
        unioned.last_conversions,
        unioned.first_conversions,
        unioned.sole_conversions,
        unioned.assisted_value,
        unioned.last_value,
        unioned.first_value,

        {{ assist_to_last_ratio('unioned.assisted_conversions', 'unioned.last_conversions') }}
            as assist_to_last_ratio,
        {{ assist_share('unioned.assisted_conversions', 'unioned.last_conversions') }}
            as assist_share,
        {{ ratio('unioned.assisted_conversions', 'attributed.attributed_conversions') }}
            as assist_rate,
        case
            when unioned.introduced_conversions is not null then {{ channel_role(
                'unioned.introduced_conversions',
                'unioned.nurtured_conversions',
                'unioned.last_conversions',
                'unioned.conversions'
            ) | indent(12) }}
        end as channel_role,

        cast(channel_costs.cost as decimal(18, 4)) as cost,
        {{ ratio('channel_costs.cost', 'unioned.assisted_conversions') }}
            as cost_per_assisted_conversion,
        {{ ratio('channel_costs.cost', 'unioned.last_conversions') }}
            as cost_per_last_conversion
    from unioned
    inner join attributed
        on unioned.conversion_group = attributed.conversion_group
    left join channel_costs
        on unioned.channel = channel_costs.channel

)

select * from final
