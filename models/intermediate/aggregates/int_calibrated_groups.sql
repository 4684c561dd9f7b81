-- Grain: one row per conversion group, attribution model and channel.
-- Calibrated credits and assists of groups are sums over their types. Errors that types share add
-- up; others are independent, so their squares do.
with

calibrated as (

    select * from {{ ref('assisted_conversions', 'int_calibrated_credits') }}

),

conversion_channels as (

    select * from {{ ref('assisted_conversions', 'fct_assisted_conversions') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

touch_model_groups as (

    select * from {{ ref('assisted_conversions', 'int_touch_model_groups') }}

),

assists as (

    select
        conversion_type,
        channel,
        count(*) as assisted_conversions
    from conversion_channels
    where is_assist
    group by
        conversion_type,
        channel

),

of_one_error as (

    select
        touch_model_groups.conversion_group,
        touch_model_groups.attribution_model,
        calibrated.channel,
        sum(calibrated.lift_tests) as lift_tests,
        sum(calibrated.credit) as credit,
        sum(calibrated.scaled_credit) as scaled_credit,
        sum(calibrated.credit_error) as credit_error,
        sum(calibrated.calibrated_credit) as calibrated_credit,
        {{ dbt.bool_or('calibrated.is_capped') }} as is_capped,
        sum(coalesce(assists.assisted_conversions, 0)) as assisted_conversions,
        sum(calibrated.calibration_factor * coalesce(assists.assisted_conversions, 0))
            as incremental_assists
    from calibrated
    inner join conversion_groups
        on calibrated.conversion_type = conversion_groups.conversion_type
    inner join touch_model_groups
        on conversion_groups.conversion_group = touch_model_groups.conversion_group
        and calibrated.attribution_model = touch_model_groups.attribution_model
    left join assists
        on calibrated.conversion_type = assists.conversion_type
        and calibrated.channel = assists.channel
    group by
        touch_model_groups.conversion_group,
        touch_model_groups.attribution_model,
        calibrated.channel,
        calibrated.error_source

),

final as (

    select
        conversion_group,
        attribution_model,
        channel,

        cast(sum(lift_tests) as bigint) as lift_tests,
        sum(credit) as credit,
        sum(scaled_credit) as scaled_credit,
        sqrt(sum(credit_error * credit_error)) as credit_error,
        sum(calibrated_credit) as calibrated_credit,
        {{ dbt.bool_or('is_capped') }} as is_capped,
        cast(sum(assisted_conversions) as bigint) as assisted_conversions,
        sum(incremental_assists) as incremental_assists
    from of_one_error
    group by
        conversion_group,
        attribution_model,
        channel

)

select * from final
