-- Grain: one row per conversion type, attribution model and channel.
-- Credits times k, what lift tests say a credit is worth: incremental conversions / credits of the
-- same days. A test is trusted by how exact it is: log k is drawn towards 0 (k towards 1 where
-- nothing was gained) by tau^2 / (tau^2 + sigma^2), and without a test k is 1 give or take tau.
{%- set prior_variance = setting('calibration_prior_sd') * setting('calibration_prior_sd') %}
with

daily_credits as (

    select * from {{ ref('assisted_conversions', 'fct_attribution_credits_daily') }}

),

tested as (

    select * from {{ ref('assisted_conversions', 'fct_lift_factors') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'int_conversions') }}

),

assisted as (

    select * from {{ ref('assisted_conversions', 'fct_assisted_conversions') }}
    where is_assist

),

credits as (

    select
        conversion_type,
        attribution_model,
        channel,
        sum(credit) as credit
    from daily_credits
    group by
        conversion_type,
        attribution_model,
        channel

),

assists as (

    select
        conversion_type,
        channel,
        count(*) as assisted_conversions
    from assisted
    group by
        conversion_type,
        channel

),

totals as (

    select
        conversion_type,
        count(*) as conversions
    from conversions
    group by conversion_type

),

shrunk as (

    select
        credits.conversion_type,
        credits.attribution_model,
        credits.channel,
        credits.credit,
        coalesce(tested.lift_tests, 0) as lift_tests,
        coalesce(tested.is_log_scale, true) as is_log_scale,
        case
            when tested.factor is null then 1
            when tested.is_log_scale
                then pow(
                    tested.factor, {{ prior_variance }} / ({{ prior_variance }} + tested.variance)
                )
            else
                1 + (tested.factor - 1)
                * {{ prior_variance }} / ({{ prior_variance }} + tested.variance)
        end as calibration_factor,
        sqrt(coalesce(
            {{ prior_variance }} * tested.variance / ({{ prior_variance }} + tested.variance),
            {{ prior_variance }}
        )) as error
    from credits
    left join tested
        on credits.conversion_type = tested.conversion_type
        and credits.attribution_model = tested.attribution_model
        and credits.channel = tested.channel

),

scaled as (

    select
        *,
        calibration_factor * credit as scaled_credit,
        -- On the log scale the error is relative.
        error * credit * case when is_log_scale then calibration_factor else 1 end as credit_error
    from shrunk

),

summed as (

    select
        *,
        sum(scaled_credit) over (partition by conversion_type, attribution_model)
            as type_credit,
        sum(credit_error * credit_error) over (partition by conversion_type, attribution_model)
            as type_variance
    from scaled

),

final as (

    select
        summed.conversion_type,
        summed.attribution_model,
        summed.channel,

        summed.lift_tests,
        summed.is_log_scale,
        summed.credit,
        summed.calibration_factor,
        summed.scaled_credit,
        summed.credit_error,
        -- Channels never cause more than happened: the least certain give way.
        summed.scaled_credit - coalesce(
            greatest(summed.type_credit - totals.conversions, 0)
            * summed.credit_error * summed.credit_error / nullif(summed.type_variance, 0),
            0
        ) as calibrated_credit,
        coalesce(assists.assisted_conversions, 0) as assisted_conversions,
        summed.calibration_factor * coalesce(assists.assisted_conversions, 0)
            as incremental_assists
    from summed
    inner join totals
        on summed.conversion_type = totals.conversion_type
    left join assists
        on summed.conversion_type = assists.conversion_type
        and summed.channel = assists.channel

)

select * from final
