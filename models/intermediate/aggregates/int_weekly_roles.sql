-- Grain: one row per conversion group, ISO week and channel that took part in a conversion; channel
-- (unattributed) holds the conversions with an empty path.
with

performance as (

    select * from {{ ref('assisted_conversions', 'fct_channel_performance_daily') }}

),

touchpoints as (

    select * from {{ ref('assisted_conversions', 'fct_touchpoints') }}

),

data_end as (

    select * from {{ ref('assisted_conversions', 'int_data_end') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

conversion_types as (

    select * from {{ rule('conversion_types') }}

),

-- From the first touch on, it takes a whole lookback until paths can be whole.
first_touch as (

    select {{ to_reporting_time('min(touched_at)') }} as first_touched_at
    from touchpoints

),

final as (

    select
        conversion_groups.conversion_group,
        {{ week_start_date('performance.conversion_date') }} as week_start_date,
        performance.channel,

        cast(sum(performance.assisted_conversions) as bigint) as assisted_conversions,
        cast(sum(performance.last_conversions) as bigint) as last_conversions,
        -- Each conversion once: where it was closed, or as unattributed.
        cast(sum(case
            when performance.channel = '(unattributed)' then performance.conversions
            else performance.last_conversions
        end) as bigint) as whole_conversions,

        max({{ add_days('first_touch.first_touched_at', 'conversion_types.lookback_days') }})
            as judged_from,
        max({{ reporting_date('data_end.ends_at') }}) as data_ends_on
    from performance
    inner join conversion_groups
        on performance.conversion_type = conversion_groups.conversion_type
    inner join conversion_types
        on performance.conversion_type = conversion_types.conversion_type
    cross join first_touch
    cross join data_end
    group by
        conversion_groups.conversion_group,
        {{ week_start_date('performance.conversion_date') }},
        performance.channel

)

select * from final
