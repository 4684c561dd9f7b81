-- Grain: one row per conversion group and channel.
-- Where on the way to a conversion a channel takes part: it introduces, nurtures or closes.
with

performance as (

    select * from {{ ref('assisted_conversions', 'fct_channel_performance_daily') }}
    where channel != '(unattributed)'

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

role_counts as (

    select
        conversion_groups.conversion_group,
        performance.channel,
        {{ sums_of_role_counts('performance') | indent(8) }}
    from performance
    inner join conversion_groups
        on performance.conversion_type = conversion_groups.conversion_type
    group by conversion_groups.conversion_group, performance.channel

),

final as (

    select
        conversion_group,
        channel,

        {{ ratio('introduced_conversions', 'conversions') }} as introduce_share,
        {{ ratio('nurtured_conversions', 'conversions') }} as nurture_share,
        {{ ratio('last_conversions', 'conversions') }} as close_share,
        {{ channel_role('role_counts') | indent(8) }} as channel_role,
        {{ ratio('assisted_conversions', 'last_conversions') }} as assist_to_last_ratio,
        -- A channel that never closes has no ratio, but still assists.
        case
            when assisted_conversions > last_conversions then 'assists'
            when assisted_conversions < last_conversions then 'closes'
            else 'even'
        end as ratio_reading,

        conversions,
        introduced_conversions,
        nurtured_conversions,
        last_conversions,
        assisted_conversions
    from role_counts

)

select * from final
