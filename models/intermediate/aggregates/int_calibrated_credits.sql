-- Grain: one row per conversion type, attribution model and channel.
-- Credits times k, what lift tests say that a credit is worth. Without a test k is 1, with a
-- standard error of the setting `calibration_prior_sd`.
{%- set in_type = 'partition by conversion_type, attribution_model' %}
with

daily_credits as (

    select * from {{ ref('assisted_conversions', 'int_attribution_credits_daily') }}

),

factors as (

    select * from {{ ref('assisted_conversions', 'int_lift_factors') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}

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

totals as (

    select
        conversion_type,
        count(*) as conversions
    from conversions
    group by conversion_type

),

-- Types whose factors rest on the same tests, or on none, share one error.
scaled as (

    select
        credits.*,
        totals.conversions,
        coalesce(factors.lift_tests, 0) as lift_tests,
        case
            when factors.is_of_type then credits.conversion_type
            when factors.lift_tests > 0 then '(tests without a type)'
            else '(no test)'
        end as error_source,
        coalesce(factors.calibration_factor, 1) as calibration_factor,
        coalesce(factors.calibration_factor, 1) * credits.credit as scaled_credit,
        coalesce(factors.factor_error, {{ setting('calibration_prior_sd') }}) * credits.credit
            as credit_error
    from credits
    inner join totals
        on credits.conversion_type = totals.conversion_type
    left join factors
        on credits.conversion_type = factors.conversion_type
        and credits.attribution_model = factors.attribution_model
        and credits.channel = factors.channel

),

with_sums as (

    select
        *,
        sum(scaled_credit) over ({{ in_type }}) as scaled_total,
        sum(greatest(scaled_credit, 0)) over ({{ in_type }}) as positive_total
    from scaled

),

-- Channels never cause more conversions than there were; rounding alone is no excess.
with_cap as (

    select
        *,
        scaled_total > conversions * (1 + 1e-9) as is_capped
    from with_sums

),

final as (

    select
        conversion_type,
        attribution_model,
        channel,

        lift_tests,
        error_source,
        credit,
        calibration_factor,
        scaled_credit,
        credit_error,
        scaled_credit * case
            when is_capped and scaled_credit > 0
                then (conversions - (scaled_total - positive_total)) / positive_total
            else {{ as_double(1) }}
        end as calibrated_credit,
        is_capped
    from with_cap

)

select * from final
