-- Grain: one row per conversion group and channel.
-- Where a channel stands on the way to a conversion: it introduces, nurtures or closes.
with

channel_assists as (

    select * from {{ ref('assisted_conversions', 'rpt_channel_assists') }}

),

final as (

    select
        conversion_group,
        channel,

        {{ ratio('introduced_conversions', 'conversions') }} as introduce_share,
        {{ ratio('nurtured_conversions', 'conversions') }} as nurture_share,
        {{ ratio('last_conversions', 'conversions') }} as close_share,
        channel_role,
        assist_to_last_ratio,
        -- A channel that never closes has no ratio, yet surely assists.
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
    from channel_assists
    where channel not in ('(total)', '(unattributed)')

)

select * from final
