-- Grain: one row per conversion group, attribution model and channel, and (baseline).
-- Calibrated credits add up, with (baseline), to the conversions of the group.
with

calibrated as (

    select * from {{ ref('assisted_conversions', 'fct_calibrated_credits') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'int_conversions') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

covered_groups as (

    select * from {{ ref('assisted_conversions', 'int_touch_model_groups') }}

),

totals as (

    select
        conversion_groups.conversion_group,
        count(*) as conversions
    from conversions
    inner join conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type
    group by conversion_groups.conversion_group

),

summed as (

    select
        conversion_groups.conversion_group,
        calibrated.attribution_model,
        calibrated.channel,
        cast(sum(calibrated.lift_tests) as bigint) as lift_tests,
        bool_and(calibrated.is_log_scale) as is_log_scale,
        sum(calibrated.credit) as credit,
        sum(calibrated.scaled_credit) as scaled_credit,
        sqrt(sum(calibrated.credit_error * calibrated.credit_error)) as credit_error,
        sum(calibrated.calibrated_credit) as calibrated_credit,
        cast(sum(calibrated.assisted_conversions) as bigint) as assisted_conversions,
        sum(calibrated.incremental_assists) as incremental_assists
    from calibrated
    inner join conversion_groups
        on calibrated.conversion_type = conversion_groups.conversion_type
    inner join covered_groups
        on conversion_groups.conversion_group = covered_groups.conversion_group
        and calibrated.attribution_model = covered_groups.attribution_model
    group by
        conversion_groups.conversion_group,
        calibrated.attribution_model,
        calibrated.channel

),

channels as (

    select
        conversion_group,
        channel,
        attribution_model,
        lift_tests,
        {{ ratio('scaled_credit', 'credit') }} as calibration_factor,
        case
            when is_log_scale then scaled_credit * exp(-1.959964 * credit_error / scaled_credit)
            else scaled_credit - 1.959964 * credit_error
        end / credit as factor_low,
        case
            when is_log_scale then scaled_credit * exp(1.959964 * credit_error / scaled_credit)
            else scaled_credit + 1.959964 * credit_error
        end / credit as factor_high,
        credit,
        calibrated_credit,
        assisted_conversions,
        incremental_assists
    from summed
    where credit > 0

),

baselines as (

    select
        totals.conversion_group,
        '(baseline)' as channel,
        summed.attribution_model,
        null as lift_tests,
        null as calibration_factor,
        null as factor_low,
        null as factor_high,
        null as credit,
        min(totals.conversions) - sum(summed.calibrated_credit) as calibrated_credit,
        null as assisted_conversions,
        greatest(sum(summed.assisted_conversions - summed.incremental_assists), 0)
            as incremental_assists
    from summed
    inner join totals
        on summed.conversion_group = totals.conversion_group
    group by
        totals.conversion_group,
        summed.attribution_model

),

unioned as (

    select * from channels
    union all
    select * from baselines

),

final as (

    select
        conversion_group,
        channel,
        attribution_model,

        calibration_factor,
        factor_low,
        factor_high,
        calibrated_credit,
        incremental_assists,

        credit,
        assisted_conversions,
        lift_tests
    from unioned

)

select * from final
