-- Grain: one row per conversion group, attribution model and channel, and (baseline).
-- With `(baseline)`, what no channel caused, calibrated credits add up to the group's conversions.
with

calibrated as (

    select * from {{ ref('assisted_conversions', 'int_calibrated_credits') }}

),

assists as (

    select
        conversion_type,
        channel,
        count(*) as assisted_conversions
    from {{ ref('assisted_conversions', 'fct_assisted_conversions') }}
    where is_assist
    group by
        conversion_type,
        channel

),

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

touch_model_groups as (

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

group_credits as (

    select
        touch_model_groups.conversion_group,
        touch_model_groups.attribution_model,
        calibrated.channel,
        cast(sum(calibrated.lift_tests) as bigint) as lift_tests,
        not {{ dbt.bool_or('not calibrated.is_log_scale') }} as is_log_scale,
        sum(calibrated.credit) as credit,
        sum(calibrated.scaled_credit) as scaled_credit,
        sqrt(sum(calibrated.credit_error * calibrated.credit_error)) as credit_error,
        sum(calibrated.calibrated_credit) as calibrated_credit,
        cast(sum(coalesce(assists.assisted_conversions, 0)) as bigint) as assisted_conversions,
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
        calibrated.channel

),

baselines as (

    select
        group_credits.conversion_group,
        group_credits.attribution_model,
        min(totals.conversions) - sum(group_credits.calibrated_credit) as calibrated_credit,
        greatest(sum(group_credits.assisted_conversions - group_credits.incremental_assists), 0)
            as incremental_assists
    from group_credits
    inner join totals
        on group_credits.conversion_group = totals.conversion_group
    group by
        group_credits.conversion_group,
        group_credits.attribution_model

),

final as (

    select
        conversion_group,
        channel,
        attribution_model,

        {{ ratio('scaled_credit', 'credit') }} as calibration_factor,
        case
            when is_log_scale then scaled_credit * exp(-1.959964 * credit_error / scaled_credit)
            else scaled_credit - 1.959964 * credit_error
        end / credit as factor_low,
        case
            when is_log_scale then scaled_credit * exp(1.959964 * credit_error / scaled_credit)
            else scaled_credit + 1.959964 * credit_error
        end / credit as factor_high,
        calibrated_credit,
        incremental_assists,

        credit,
        assisted_conversions,
        lift_tests
    from group_credits
    where credit > 0
    union all
    select
        conversion_group,
        '(baseline)' as channel,
        attribution_model,

        null as calibration_factor,
        null as factor_low,
        null as factor_high,
        calibrated_credit,
        incremental_assists,

        null as credit,
        null as assisted_conversions,
        null as lift_tests
    from baselines

)

select * from final
