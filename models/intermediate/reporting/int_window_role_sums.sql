-- Grain: one row per conversion type, channel, window that the roles are about, and windows from
-- which on the channel assists and closes.
-- Plain sums over int_window_roles, for rpt_lookback_sensitivity to add up.
with

roles as (

    select * from {{ ref('assisted_conversions', 'int_window_roles') }}

),

final as (

    select
        conversion_type,
        channel,
        lookback_days,
        assists_from_days,
        closes_from_days,

        count(*) as conversions
    from roles
    group by
        conversion_type,
        channel,
        lookback_days,
        assists_from_days,
        closes_from_days

)

select * from final
