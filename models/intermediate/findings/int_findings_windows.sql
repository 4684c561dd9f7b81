-- Grain: one row per conversion group and channel that closes in the shortest lookback window and
-- assists in the longest, or the other way round.
{{ config(enabled=finding_is_on('int_findings_windows')) }}
with

-- A channel without a touch in a window has no row there.
windows as (

    select
        *,
        min(lookback_days) over () as shortest_days,
        max(lookback_days) over () as longest_days,
        -- How many standard errors assists are above closes.
        (assisted_conversions - last_conversions)
        / sqrt(nullif(assisted_conversions + last_conversions, 0)) as assist_score
    from {{ ref('assisted_conversions', 'rpt_lookback_sensitivity') }}

),

final as (

    select
        shortest.conversion_group,
        'window_changes_story' as finding_kind,
        shortest.channel,
        'The lookback window decides whether ' || shortest.channel || ' assists or closes'
            as headline,
        'Within ' || {{ counted('shortest.lookback_days', 'day') }} || ' before the conversion '
        || shortest.channel || ' assists ' || {{ readable_number('shortest.assisted_conversions') }}
        || ' and closes ' || {{ readable_number('shortest.last_conversions') }} || '; within '
        || {{ counted('longest.lookback_days', 'day') }} || ' it assists '
        || {{ readable_number('longest.assisted_conversions') }} || ' and closes '
        || {{ readable_number('longest.last_conversions') }} || '.' as detail,
        'assist_to_last_ratio' as figure_name,
        longest.assist_to_last_ratio as figure,
        cast(null as {{ double_type() }}) as figure_low,
        cast(null as {{ double_type() }}) as figure_high,
        {{ as_double('abs(longest.assisted_conversions - shortest.assisted_conversions)') }}
            as conversions_at_stake,
        cast(null as {{ amount_sum_type() }}) as value_at_stake,
        'No window is right for all channels. Compare channels within one window, and say which.'
            as caution,
        'rpt_lookback_sensitivity' as source_report
    from windows as shortest
    inner join windows as longest
        on shortest.conversion_group = longest.conversion_group
        and shortest.channel = longest.channel
        and longest.lookback_days = longest.longest_days
    where
        shortest.lookback_days = shortest.shortest_days
        and longest.assisted_conversions + longest.last_conversions >= {{ fewest_conversions() }}
        and abs(shortest.assist_score) > 2
        and abs(longest.assist_score) > 2
        and shortest.assist_score * longest.assist_score < 0

)

select * from final
