-- Grain: one row per conversion group and channel that closes, mostly after one other channel.
{{ config(enabled=finding_is_on('int_findings_closers')) }}
with

-- It closes more than it assists, also at the upper end of the interval.
closers as (

    select * from {{ ref('assisted_conversions', 'rpt_channel_assists') }}
    where
        channel not in ('(total)', '(unattributed)')
        and last_conversions >= {{ fewest_conversions() }}
        and assist_share_high < 0.5

),

pairs as (

    select
        *,
        row_number() over (
            partition by conversion_group, closing_channel
            order by conversions desc, assisting_channel
        ) as pair_rank
    from {{ ref('assisted_conversions', 'rpt_channel_pairs') }}
    where
        assisting_channel != closing_channel
        and assisting_channel != '(other channels)'

),

final as (

    select
        closers.conversion_group,
        'closer_depends_on_assists' as finding_kind,
        closers.channel,
        closers.channel || ' closes after others: ' || {{ in_percent('pairs.share_of_closer') }}
        || ' of its closes had ' || pairs.assisting_channel || ' before' as headline,
        closers.channel || ' closed ' || {{ counted('closers.last_conversions', 'conversion') }}
        || '. In ' || {{ readable_number('pairs.conversions') }} || ' of them'
        || {{ worth('pairs.conversion_value') }} || ', '
        || {{ in_percent('pairs.share_of_closer') }} || ', '
        || pairs.assisting_channel || ' had a touch before the last one.' as detail,
        'share_of_closer' as figure_name,
        pairs.share_of_closer as figure,
        cast(null as {{ double_type() }}) as figure_low,
        cast(null as {{ double_type() }}) as figure_high,
        pairs.conversions as conversions_at_stake,
        greatest(pairs.conversion_value, 0) as value_at_stake,
        'How many of them would have closed without that touch, paths cannot say.' as caution,
        'rpt_channel_pairs' as source_report
    from closers
    inner join pairs
        on closers.conversion_group = pairs.conversion_group
        and closers.channel = pairs.closing_channel
        and pairs.pair_rank = 1
    where pairs.share_of_closer > 0.5

)

select * from final
