-- Grain: one row per conversion type, attribution model and channel.
-- Credits times k, what lift tests say a credit is worth: incremental conversions / credits of the
-- same days. The more exact the tests, the more they count: by the weight tau^2 / (tau^2 +
-- variance) with tau the setting `calibration_prior_sd`. Without a test k is 1, with a standard
-- error of tau.
{%- set prior_variance = setting('calibration_prior_sd') * setting('calibration_prior_sd') %}
with

daily_credits as (

    select * from {{ ref('assisted_conversions', 'int_attribution_credits_daily') }}

),

lift_results as (

    select * from {{ ref('assisted_conversions', 'int_lift_results') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}

),

credits_in_tests as (

    select
        lift_results.conversion_type,
        lift_results.test_id,
        lift_results.channel,
        daily_credits.attribution_model,
        min(lift_results.incremental_conversions) as incremental_conversions,
        min(lift_results.incremental_variance) as incremental_variance,
        sum(daily_credits.credit) as credit
    from lift_results
    inner join daily_credits
        on lift_results.channel = daily_credits.channel
        and lift_results.credited_type = daily_credits.conversion_type
        and daily_credits.conversion_date between lift_results.started_on
        and lift_results.ended_on
    group by
        lift_results.conversion_type,
        lift_results.test_id,
        lift_results.channel,
        daily_credits.attribution_model

),

-- Several tests of one channel count as one larger test. Where anything was gained, its variance is
-- relative: that is the scale of the logarithm.
factors as (

    select
        conversion_type,
        attribution_model,
        channel,
        count(*) as lift_tests,
        sum(incremental_conversions) > 0 as is_log_scale,
        sum(incremental_conversions) / sum(credit) as factor,
        {{ prior_variance }} / ({{ prior_variance }} + sum(incremental_variance) / pow(case
            when sum(incremental_conversions) > 0 then sum(incremental_conversions)
            else sum(credit)
        end, 2)) as weight
    from credits_in_tests
    where credit > 0
    group by
        conversion_type,
        attribution_model,
        channel

),

credits as (

    select
        daily_credits.conversion_type,
        daily_credits.attribution_model,
        daily_credits.channel,
        sum(daily_credits.credit) as credit,
        coalesce(max(factors.lift_tests), 0) as lift_tests,
        coalesce({{ dbt.bool_or('factors.is_log_scale') }}, true) as is_log_scale,
        coalesce(max(factors.factor), 1) as factor,
        coalesce(max(factors.weight), 0) as weight
    from daily_credits
    left join factors
        on daily_credits.conversion_type = factors.conversion_type
        and daily_credits.attribution_model = factors.attribution_model
        and daily_credits.channel = factors.channel
    group by
        daily_credits.conversion_type,
        daily_credits.attribution_model,
        daily_credits.channel

),

calibrated as (

    select
        *,
        case
            when is_log_scale then pow(factor, weight) else 1 + (factor - 1) * weight
        end as calibration_factor
    from credits

),

-- On the scale of the logarithm the error is relative.
scaled as (

    select
        *,
        calibration_factor * credit as scaled_credit,
        sqrt({{ prior_variance }} * (1 - weight))
        * credit * case when is_log_scale then calibration_factor else 1 end as credit_error
    from calibrated

),

totals as (

    select
        conversion_type,
        count(*) as conversions
    from conversions
    group by conversion_type

),

final as (

    select
        scaled.conversion_type,
        scaled.attribution_model,
        scaled.channel,

        scaled.lift_tests,
        scaled.is_log_scale,
        scaled.credit,
        scaled.calibration_factor,
        scaled.scaled_credit,
        scaled.credit_error,
        -- Channels never cause more conversions than there were: the least certain give way.
        scaled.scaled_credit - coalesce(
            greatest(sum(scaled.scaled_credit) over in_type - totals.conversions, 0)
            * pow(scaled.credit_error, 2)
            / nullif(sum(pow(scaled.credit_error, 2)) over in_type, 0),
            0
        ) as calibrated_credit
    from scaled
    inner join totals
        on scaled.conversion_type = totals.conversion_type
    window in_type as (partition by scaled.conversion_type, scaled.attribution_model)

)

select * from final
