-- Grain: one row per conversion type, attribution model and channel that lift tests measured.
-- What a credit is worth: incremental conversions per credit, of several tests by weighted least
-- squares through the origin. The less exact the tests, the more the factor is drawn towards 1: by
-- tau^2 / (tau^2 + variance) with tau the setting `calibration_prior_sd`.
{%- set prior_variance = setting('calibration_prior_sd') * setting('calibration_prior_sd') %}
with

lift_results as (

    select * from {{ ref('assisted_conversions', 'int_lift_results') }}

),

measured as (

    select
        conversion_type,
        attribution_model,
        channel,
        count(*) as lift_tests,
        {{ dbt.bool_or('is_of_type') }} as is_of_type,
        sum(treated_credit * incremental_conversions / incremental_variance)
        / sum(treated_credit * treated_credit / incremental_variance) as measured_factor,
        1 / sum(treated_credit * treated_credit / incremental_variance) as measured_variance
    from lift_results
    group by
        conversion_type,
        attribution_model,
        channel

),

final as (

    select
        conversion_type,
        attribution_model,
        channel,

        lift_tests,
        is_of_type,
        measured_factor,
        1 + (measured_factor - 1)
        * {{ prior_variance }} / ({{ prior_variance }} + measured_variance) as calibration_factor,
        sqrt({{ prior_variance }} * measured_variance / ({{ prior_variance }} + measured_variance))
            as factor_error
    from measured

)

select * from final
