-- Grain: one row per conversion group, for all channels together, and per channel whose assists
-- changed by more than chance from the month before to the last complete month.
{{ config(enabled=finding_is_on('int_findings_months')) }}
with

months as (

    select
        *,
        cast(conversion_month || '-01' as date) as starts_on
    from {{ ref('assisted_conversions', 'rpt_channel_assists_by_month') }}
    where
        is_complete_month
        and channel != '(unattributed)'

),

lengths as (

    select distinct
        conversion_group,
        conversion_month,
        starts_on,
        {{ days_from(
            'starts_on', later_date('starts_on', 1, 'month')
        ) }} as days -- noqa: LT05
    from months

),

last_months as (

    select
        lengths.*,
        before.conversion_month as month_before,
        {{ ratio('lengths.days', 'before.days') }} as length_ratio
    from lengths
    inner join lengths as before
        on lengths.conversion_group = before.conversion_group
        and lengths.starts_on = {{ later_date('before.starts_on', 1, 'month') }}
    where lengths.starts_on = (select max(months.starts_on) as last_starts_on from months)

),

compared as (

    select
        months.*,
        last_months.month_before,
        last_months.length_ratio,
        months.assisted_conversions_change as change,
        months.assisted_conversions - months.assisted_conversions_change as assists_before,
        -- By chance alone, counts vary by their square root.
        sqrt(2 * months.assisted_conversions - months.assisted_conversions_change) as change_error
    from months
    inner join last_months
        on months.conversion_group = last_months.conversion_group
        and months.conversion_month = last_months.conversion_month

),

-- A month that is longer by a tenth has a tenth more. Three errors: many channels are looked at.
with_judgement as (

    select
        *,
        abs(assisted_conversions - length_ratio * assists_before)
        > 3 * sqrt(assisted_conversions + length_ratio * length_ratio * assists_before)
            as is_beyond_chance,
        case when channel = '(total)' then 'All channels' else channel end as subject
    from compared

),

final as (

    select
        conversion_group,
        'changed_since_month_before' as finding_kind,
        nullif(channel, '(total)') as channel,
        subject || case
            when not is_beyond_chance then ': no clear change of assists in ' || conversion_month
            when change < 0 then ': fewer assists in ' || conversion_month
            else ': more assists in ' || conversion_month
        end as headline,
        {{ counted('assisted_conversions', 'assisted conversion') }} || ' in '
        || conversion_month || ', '
        || {{ readable_number('assists_before') }} || ' in ' || month_before || ': '
        || case when change > 0 then '+' else '' end || {{ readable_number('change') }}
        || case
            when is_beyond_chance then ', more than chance and the length of the months explain.'
            else ', no more than chance and the length of the months explain.'
        end as detail,
        'assisted_conversions_change' as figure_name,
        cast(change as {{ double_type() }}) as figure,
        change - 1.959964 * change_error as figure_low,
        change + 1.959964 * change_error as figure_high,
        cast(abs(change) as {{ double_type() }}) as conversions_at_stake,
        cast(null as {{ amount_sum_type() }}) as value_at_stake,
        'Seasons, holidays and campaigns change months, too.' as caution,
        'rpt_channel_assists_by_month' as source_report
    from with_judgement
    where
        channel = '(total)'
        or (
            is_beyond_chance
            and assisted_conversions + assists_before >= {{ fewest_conversions() }}
        )

)

select * from final
