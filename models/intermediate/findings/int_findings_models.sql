-- Grain: one row per conversion group: the channel about which attribution models disagree most.
{{ config(enabled=finding_is_on('int_findings_models')) }}
with

-- Left out are models that answer another question: shapley_rate, and those that pass over channels
-- that are direct or not paid.
credits as (

    select
        *,
        replace(attribution_model, '_', ' ') as model_name,
        row_number() over (
            partition by conversion_group, channel
            order by {{ rounded('credit', 6) }}, attribution_model
        ) as lowest_first,
        row_number() over (
            partition by conversion_group, channel
            order by {{ rounded('credit', 6) }} desc, attribution_model
        ) as highest_first
    from {{ ref('assisted_conversions', 'rpt_model_comparison') }}
    where
        channel != '(unattributed)'
        and attribution_model not in (
            'shapley_rate', 'first_paid_touch', 'last_paid_touch', 'last_non_direct'
        )

),

spreads as (

    select
        lowest.conversion_group,
        lowest.channel,
        lowest.model_name as lowest_model,
        highest.model_name as highest_model,
        lowest.credit as lowest_credit,
        highest.credit as highest_credit,
        lowest.credit_share as lowest_share,
        highest.credit_share as highest_share,
        abs(highest.credited_value - lowest.credited_value) as value_spread,
        row_number() over (
            partition by lowest.conversion_group
            order by {{ rounded('highest.credit - lowest.credit', 6) }} desc, lowest.channel
        ) as spread_rank
    from credits as lowest
    inner join credits as highest
        on lowest.conversion_group = highest.conversion_group
        and lowest.channel = highest.channel
        and highest.highest_first = 1
    where
        lowest.lowest_first = 1
        -- Beyond their intervals.
        and highest.credit_low > lowest.credit_high
        and highest.data_flag != 'too_few'

),

final as (

    select
        conversion_group,
        'models_disagree' as finding_kind,
        channel,
        'Models disagree most about ' || channel || ': '
        || {{ in_percent('lowest_share') }} || ' to ' || {{ in_percent('highest_share') }}
        || ' of conversions' as headline,
        'By the model ' || lowest_model || ' ' || channel || ' has the credit of '
        || {{ counted('lowest_credit', 'conversion') }} || ' (' || {{ in_percent('lowest_share') }}
        || '), by the model ' || highest_model || ' of '
        || {{ counted('highest_credit', 'conversion') }} || ' ('
        || {{ in_percent('highest_share') }} || ').' as detail,
        'credit_share' as figure_name,
        -- The figure is a range: each model answers another question.
        cast(null as {{ double_type() }}) as figure,
        lowest_share as figure_low,
        highest_share as figure_high,
        highest_credit - lowest_credit as conversions_at_stake,
        cast(value_spread as {{ amount_sum_type() }}) as value_at_stake,
        'Models share out the same conversions by different rules. None of them measures what a '
        || 'channel causes; a lift test does.' as caution,
        'rpt_model_comparison' as source_report
    from spreads
    where spread_rank = 1

)

select * from final
