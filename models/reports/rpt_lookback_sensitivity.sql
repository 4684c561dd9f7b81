-- Grain: one row per conversion group, lookback window and channel.
-- Assists and last touches if each conversion had this window in place of its type's own, over the
-- same conversions.
with

window_roles as (

    select * from {{ ref('assisted_conversions', 'int_window_roles') }}

),

performance as (

    select * from {{ ref('assisted_conversions', 'fct_channel_performance_daily') }}
    where channel != '(unattributed)'

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

lookbacks as (

    {% for days in setting('sensitivity_lookback_days') -%}
    select cast({{ days }} as {{ dbt.type_int() }}) as lookback_days
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

-- A row is about the one window that it names, or about all windows.
window_counts as (

    select
        conversion_type,
        channel,
        lookback_days,
        assists_from_days,
        closes_from_days,
        count(*) as conversions
    from window_roles
    group by conversion_type, channel, lookback_days, assists_from_days, closes_from_days

),

role_counts as (

    select
        conversion_groups.conversion_group,
        lookbacks.lookback_days,
        window_counts.channel,
        cast(sum(
            case
                when window_counts.assists_from_days <= lookbacks.lookback_days
                    then window_counts.conversions
                else 0
            end
        ) as bigint) as assisted_conversions,
        cast(sum(
            case
                when window_counts.closes_from_days <= lookbacks.lookback_days
                    then window_counts.conversions
                else 0
            end
        ) as bigint) as last_conversions
    from window_counts
    inner join conversion_groups
        on window_counts.conversion_type = conversion_groups.conversion_type
    inner join lookbacks
        on coalesce(window_counts.lookback_days, lookbacks.lookback_days) = lookbacks.lookback_days
        and (
            window_counts.assists_from_days <= lookbacks.lookback_days
            or window_counts.closes_from_days <= lookbacks.lookback_days
        )
    group by conversion_groups.conversion_group, lookbacks.lookback_days, window_counts.channel

),

own_window_ranks as (

    select
        conversion_groups.conversion_group,
        performance.channel,
        cast(row_number() over (
            partition by conversion_groups.conversion_group
            order by sum(performance.assisted_conversions) desc, performance.channel
        ) as {{ dbt.type_bigint() }}) as assist_rank
    from performance
    inner join conversion_groups
        on performance.conversion_type = conversion_groups.conversion_type
    group by conversion_groups.conversion_group, performance.channel

),

ranked as (

    select
        *,
        {{ ratio('assisted_conversions', 'last_conversions') }} as assist_to_last_ratio,
        cast(row_number() over (
            partition by conversion_group, lookback_days
            order by assisted_conversions desc, channel
        ) as {{ dbt.type_bigint() }}) as assist_rank
    from role_counts

),

final as (

    select
        ranked.*,
        -- Above 0 the channel ranks higher than in the types' own windows.
        own_window_ranks.assist_rank - ranked.assist_rank as rank_change
    from ranked
    left join own_window_ranks
        on ranked.conversion_group = own_window_ranks.conversion_group
        and ranked.channel = own_window_ranks.channel

)

select * from final
