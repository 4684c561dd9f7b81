-- Grain: one row per conversion group, attribution model and channel, and (unattributed).
-- With `(unattributed)`, the credits of a model add up to the conversions of the group.
with

statistics as (

    select * from {{ ref('assisted_conversions', 'int_model_statistics') }}

),

-- Amounts that add up to the group's value exactly.
credited_values as (

    select * from {{ ref('assisted_conversions', 'int_credited_values') }}

),

credits as (

    select
        *,
        {{ ratio('credit', 'conversions') }} as credit_share,
        {{ ratio('credited_value', 'conversion_value') }} as value_share
    from statistics
    where channel = other_channel

),

-- As in rpt_channel_differences.
comparisons as (

    select
        one.conversion_group,
        one.attribution_model,
        one.channel,
        other.channel as other_channel,
        {{ true_difference('one.credit', 'other.credit') | indent(8) }} as credit_difference,
        {{ half_width(
            'one.credit_covariance + other.credit_covariance '
            ~ '- 2 * coalesce(pairs.credit_covariance, 0)',
            'one.credit + other.credit'
        ) | indent(8) }} as half_width
    from credits as one
    inner join credits as other
        on one.conversion_group = other.conversion_group
        and one.attribution_model = other.attribution_model
        and one.channel != other.channel
        and '(unattributed)' not in (one.channel, other.channel)
    left join statistics as pairs
        on one.conversion_group = pairs.conversion_group
        and one.attribution_model = pairs.attribution_model
        and least(one.channel, other.channel) = pairs.channel
        and greatest(one.channel, other.channel) = pairs.other_channel

),

ranks as (

    select
        conversion_group,
        attribution_model,
        channel,
        count(*) as other_channels,
        count(case when credit_difference < -half_width then 1 end) as larger_channels,
        count(case when credit_difference > half_width then 1 end) as smaller_channels,
        {{ ordered_text(
            'case when abs(credit_difference) <= half_width then other_channel end',
            'other_channel',
            ', '
        ) }} as indistinguishable_channels
    from comparisons
    group by
        conversion_group,
        attribution_model,
        channel

),

-- Var(credit / total) with both moving: (Var c - 2 s Cov(c, total) + s^2 Var(total)) / total^2.
with_errors as (

    select
        *,
        {{ half_width('credit_covariance', 'credit') }} as credit_half_width,
        {{ half_width('value_covariance', 'credited_value') }} as value_half_width,
        {{ half_width(
            'credit_covariance - 2 * credit_share * credit_total_covariance '
            ~ '+ credit_share * credit_share * conversion_squares',
            'credit'
        ) }} / nullif(conversions, 0) as share_half_width,
        {{ half_width(
            'value_covariance - 2 * value_share * value_total_covariance '
            ~ '+ value_share * value_share * value_squares',
            'credited_value'
        ) }} / nullif(abs(conversion_value), 0) as value_share_half_width,
        {{ effective_conversions('credit', 'credit_covariance') }} as n_eff,
        case
            when channel != '(unattributed)' then cast(row_number() over (
                partition by
                    conversion_group,
                    attribution_model,
                    case when channel = '(unattributed)' then 1 else 0 end
                order by {{ rounded('credit', 9) }} desc, channel
            ) as {{ dbt.type_bigint() }})
        end as credit_rank
    from credits

),

final as (

    select
        credits.conversion_group,
        credits.channel,
        credits.attribution_model,

        credits.credit,
        coalesce(credited_values.credited_value, {{ money('credits.credited_value') }})
            as credited_value,
        credits.credit_share,
        credits.credit - credits.credit_half_width as credit_low,
        credits.credit + credits.credit_half_width as credit_high,
        credits.credit_rank,
        case when credits.credit_rank is not null then 1 + coalesce(ranks.larger_channels, 0) end
            as rank_low,
        case
            when credits.credit_rank is not null
                then 1 + coalesce(ranks.other_channels - ranks.smaller_channels, 0)
        end as rank_high,
        credits.n_eff,
        {{ data_flag('credits.n_eff') | indent(8) }} as data_flag,

        credits.credit_share - credits.share_half_width as share_low,
        credits.credit_share + credits.share_half_width as share_high,
        {{ money('credits.credited_value - credits.value_half_width') }} as value_low,
        {{ money('credits.credited_value + credits.value_half_width') }} as value_high,
        credits.value_share,
        credits.value_share - credits.value_share_half_width as value_share_low,
        credits.value_share + credits.value_share_half_width as value_share_high,
        {{ effective_conversions('credits.credited_value', 'credits.value_covariance') }}
            as value_n_eff,
        ranks.indistinguishable_channels
    from with_errors as credits
    left join ranks
        on credits.conversion_group = ranks.conversion_group
        and credits.attribution_model = ranks.attribution_model
        and credits.channel = ranks.channel
    left join credited_values
        on credits.conversion_group = credited_values.conversion_group
        and credits.attribution_model = credited_values.attribution_model
        and credits.channel = credited_values.channel

)

select * from final
