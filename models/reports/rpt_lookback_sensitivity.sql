-- Grain: one row per conversion group, lookback window and channel.
-- Assists and last touches if each conversion had this window in place of its type's own, over the
-- same conversions.
with

window_sums as (

    select * from {{ ref('assisted_conversions', 'int_window_role_sums') }}

),

own_window_sums as (

    select * from {{ ref('assisted_conversions', 'int_channel_role_sums') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

lookbacks as (

    {{ sensitivity_lookbacks() | indent(4) }}

),

summed as (

    select
        conversion_groups.conversion_group,
        lookbacks.lookback_days,
        window_sums.channel,
        cast(sum(
            case
                when window_sums.assists_from_days <= lookbacks.lookback_days
                    then window_sums.conversions
                else 0
            end
        ) as bigint) as assisted_conversions,
        cast(sum(
            case
                when window_sums.closes_from_days <= lookbacks.lookback_days
                    then window_sums.conversions
                else 0
            end
        ) as bigint) as last_conversions
    from window_sums
    inner join conversion_groups
        on window_sums.conversion_type = conversion_groups.conversion_type
    inner join lookbacks
        on
            coalesce(window_sums.lookback_days, lookbacks.lookback_days) = lookbacks.lookback_days
            and (
                window_sums.assists_from_days <= lookbacks.lookback_days
                or window_sums.closes_from_days <= lookbacks.lookback_days
            )
    group by
        conversion_groups.conversion_group,
        lookbacks.lookback_days,
        window_sums.channel

),

own_window as (

    select
        conversion_groups.conversion_group,
        own_window_sums.channel,
        row_number() over (
            partition by conversion_groups.conversion_group
            order by sum(own_window_sums.assisted_conversions) desc, own_window_sums.channel
        ) as assist_rank
    from own_window_sums
    inner join conversion_groups
        on own_window_sums.conversion_type = conversion_groups.conversion_type
    group by
        conversion_groups.conversion_group,
        own_window_sums.channel

),

ranked as (

    select
        *,
        row_number() over (
            partition by conversion_group, lookback_days
            order by assisted_conversions desc, channel
        ) as assist_rank
    from summed

),

final as (

    select
        ranked.conversion_group,
        ranked.lookback_days,
        ranked.channel,

        ranked.assisted_conversions,
        ranked.last_conversions,
        {{ ratio('ranked.assisted_conversions', 'ranked.last_conversions') }}
            as assist_to_last_ratio,
        ranked.assist_rank,
        -- Above 0 the channel stands higher than in the type's own window.
        own_window.assist_rank - ranked.assist_rank as rank_change
    from ranked
    left join own_window
        on ranked.conversion_group = own_window.conversion_group
        and ranked.channel = own_window.channel

)

select * from final
