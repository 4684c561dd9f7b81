-- Grain: one row per conversion group, month and channel, with (total) and (unattributed) rows.
-- Counts and costs add up over months to rpt_channel_assists, so spend alone makes a row, too.
with

monthly_roles as (

    select * from {{ ref('assisted_conversions', 'int_monthly_roles') }}

),

repeats as (

    select * from {{ ref('assisted_conversions', 'int_channel_repeats') }}

),

data_end as (

    select * from {{ ref('assisted_conversions', 'int_data_end') }}

),

data_cautions as (

    select * from {{ ref('assisted_conversions', 'int_data_cautions') }}

),

with_intervals as (

    select
        counts.*,
        {{ assist_share_half_width('counts', 'repeats') | indent(8) }} as assist_share_half_width
    from monthly_roles as counts
    left join repeats
        on counts.conversion_group = repeats.conversion_group
        and counts.conversion_month = repeats.conversion_month
        and counts.channel = repeats.channel

),

measured as (

    select
        counts.conversion_group,
        counts.conversion_month,
        counts.channel,
        counts.conversions,
        counts.assisted_conversions,
        counts.assist_only_conversions,
        counts.last_conversions,
        counts.first_conversions,
        counts.sole_conversions,
        counts.introduced_conversions,
        counts.nurtured_conversions,
        counts.assisted_value,
        counts.last_value,
        counts.first_value,
        counts.cost,
        cast(counts.conversion_month || '-01' as date) as starts_on,
        min(cast(counts.conversion_month || '-01' as date)) over (
            partition by counts.conversion_group
        ) as first_starts_on,
        {{ channel_role('counts') | indent(8) }} as channel_role,
        {{ assist_measures('counts') | indent(8) }},
        -- The total closes every conversion that has a path.
        {{ ratio(
            'counts.assisted_conversions',
            'max(counts.last_conversions) over ('
            ~ 'partition by counts.conversion_group, counts.conversion_month)'
        ) }} as assist_rate,

        {{ ratio('counts.cost', 'counts.assisted_conversions') }}
            as cost_per_assisted_conversion,
        {{ ratio('counts.cost', 'counts.last_conversions') }} as cost_per_last_conversion
    from with_intervals as counts

),

-- A channel without a row in the month before took no part in it.
final as (

    select
        months.conversion_group,
        months.conversion_month,
        months.channel,
        months.conversions,
        months.assisted_conversions,
        months.assist_only_conversions,
        months.last_conversions,
        months.first_conversions,
        months.sole_conversions,
        months.introduced_conversions,
        months.nurtured_conversions,
        months.assisted_value,
        months.last_value,
        months.first_value,
        months.cost,
        months.channel_role,
        months.assist_to_last_ratio,
        months.ratio_low,
        months.ratio_high,
        months.assist_share,
        months.assist_share_low,
        months.assist_share_high,
        months.assist_rate,
        months.cost_per_assisted_conversion,
        months.cost_per_last_conversion,
        {{ reporting_date('data_end.begins_at') }} <= months.starts_on
        and {{ later_date(reporting_date('data_end.ends_at'), 1) }}
        >= {{ later_date('months.starts_on', 1, 'month') }} as is_complete_month,
        {%- for role in ['assisted', 'last'] %}
        case when months.starts_on > months.first_starts_on then
            months.{{ role }}_conversions - coalesce(months_before.{{ role }}_conversions, 0)
        end as {{ role }}_conversions_change,
        {%- endfor %}
        months.assist_share - months_before.assist_share as assist_share_change,

        coalesce(data_cautions.data_flag, 'ok') as data_flag
    from measured as months
    cross join data_end
    left join measured as months_before
        on months.conversion_group = months_before.conversion_group
        and months.channel = months_before.channel
        and months.starts_on = {{ later_date('months_before.starts_on', 1, 'month') }}
    left join data_cautions
        on months.conversion_group = data_cautions.conversion_group

)

select * from final
