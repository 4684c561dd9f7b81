-- Grain: one row per conversion group, ISO week and channel that took part in a conversion.
with

performance as (

    select * from {{ ref('assisted_conversions', 'fct_channel_performance_daily') }}

),

touchpoints as (

    select * from {{ ref('assisted_conversions', 'fct_touchpoints') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

-- A week is complete if conversions began before it and the data reach its end.
data_range as (

    select
        min(begins_on) as begins_on,
        max(ends_on) as ends_on
    from (
        select
            min(conversion_date) as begins_on,
            max(conversion_date) as ends_on
        from performance
        union all
        select
            null as begins_on,
            {{ reporting_date('max(touched_at)') }} as ends_on
        from touchpoints
    ) as ranges

),

final as (

    select
        conversion_groups.conversion_group,
        {{ week_start_date('performance.conversion_date') }} as week_start_date,
        performance.channel,

        cast(sum(performance.assisted_conversions) as bigint) as assisted_conversions,
        cast(sum(performance.last_conversions) as bigint) as last_conversions,

        min(data_range.begins_on) as data_begins_on,
        min(data_range.ends_on) as data_ends_on
    from performance
    inner join conversion_groups
        on performance.conversion_type = conversion_groups.conversion_type
    cross join data_range
    where performance.channel != '(unattributed)'
    group by
        conversion_groups.conversion_group,
        {{ week_start_date('performance.conversion_date') }},
        performance.channel

)

select * from final
