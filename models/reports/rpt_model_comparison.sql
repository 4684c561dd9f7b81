-- Grain: one row per conversion group, attribution model and channel, and (unattributed).
-- Credits of a model add up, with (unattributed), to the conversions of the group.
with

credits as (

    select * from {{ ref('assisted_conversions', 'fct_model_credits') }}

),

differences as (

    select * from {{ ref('assisted_conversions', 'rpt_channel_differences') }}
    where not is_distinguishable

),

ties as (

    select
        conversion_group,
        attribution_model,
        channel,
        replace({{ ordered_text('other_channel', 'other_channel') }}, ' > ', ', ')
            as indistinguishable_channels
    from (
        select
            conversion_group,
            attribution_model,
            channel,
            other_channel
        from differences
        union all
        select
            conversion_group,
            attribution_model,
            other_channel as channel,
            channel as other_channel
        from differences
    ) as both_ways
    group by
        conversion_group,
        attribution_model,
        channel

),

-- Var(credit / total) with both moving: (Var c - 2 s Cov(c, total) + s^2 Var(total)) / total^2.
measured as (

    select
        *,
        {{ half_width('credit_variance', 'credit') }} as credit_half_width,
        {{ half_width('value_variance', 'credited_value') }} as value_half_width,
        {{ half_width(
            'credit_variance - 2 * credit_share * credit_total_covariance '
            ~ '+ credit_share * credit_share * conversions',
            'credit'
        ) }} / nullif(conversions, 0) as credit_share_half_width,
        {{ half_width(
            'value_variance - 2 * value_share * value_total_covariance '
            ~ '+ value_share * value_share * value_squares',
            'credited_value'
        ) }} / nullif(abs(conversion_value), 0) as value_share_half_width,
        {{ effective_conversions('credit', 'credit_variance') }} as n_eff,
        case
            when channel != '(unattributed)' then row_number() over (
                partition by
                    conversion_group,
                    attribution_model,
                    case when channel = '(unattributed)' then 1 else 0 end
                order by round(credit, 9) desc, channel
            )
        end as credit_rank
    from credits

),

final as (

    select
        measured.conversion_group,
        measured.channel,
        measured.attribution_model,

        measured.credit,
        {{ money('measured.credited_value') }} as credited_value,
        measured.credit_share,
        measured.credit - measured.credit_half_width as credit_low,
        measured.credit + measured.credit_half_width as credit_high,
        measured.credit_rank,
        measured.n_eff,
        {{ data_flag('measured.n_eff') | indent(8) }} as data_flag,

        measured.credit_share - measured.credit_share_half_width as share_low,
        measured.credit_share + measured.credit_share_half_width as share_high,
        {{ money('measured.credited_value - measured.value_half_width') }} as value_low,
        {{ money('measured.credited_value + measured.value_half_width') }} as value_high,
        measured.value_share,
        measured.value_share - measured.value_share_half_width as value_share_low,
        measured.value_share + measured.value_share_half_width as value_share_high,
        {{ effective_conversions('measured.credited_value', 'measured.value_variance') }}
            as value_n_eff,
        ties.indistinguishable_channels
    from measured
    left join ties
        on measured.conversion_group = ties.conversion_group
        and measured.attribution_model = ties.attribution_model
        and measured.channel = ties.channel

)

select * from final
