-- Grain: one row per conversion type, attribution model and channel that lift tests measured.
-- What a credit was worth in them: incremental conversions / credits of the same days, and its
-- variance, relative where there was a gain (the scale of the logarithm), else absolute.
with

daily_credits as (

    select * from {{ ref('assisted_conversions', 'fct_attribution_credits_daily') }}

),

lift_results as (

    select * from {{ ref('assisted_conversions', 'int_lift_results') }}

),

conversion_types as (

    select * from {{ rule('conversion_types') }}

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
        and daily_credits.conversion_date between lift_results.started_on
        and lift_results.ended_on
    inner join conversion_types
        on daily_credits.conversion_type = conversion_types.conversion_type
    where
        lift_results.conversion_type = daily_credits.conversion_type
        or (not lift_results.is_of_type and conversion_types.conversion_class = 'macro')
    group by
        lift_results.conversion_type,
        lift_results.test_id,
        lift_results.channel,
        daily_credits.attribution_model

),

-- Several tests of one channel are one larger test.
final as (

    select
        conversion_type,
        attribution_model,
        channel,
        count(*) as lift_tests,
        sum(incremental_conversions) > 0 as is_log_scale,
        sum(incremental_conversions) / sum(credit) as factor,
        sum(incremental_variance) / pow(case
            when sum(incremental_conversions) > 0 then sum(incremental_conversions)
            else sum(credit)
        end, 2) as variance
    from credits_in_tests
    where credit > 0
    group by
        conversion_type,
        attribution_model,
        channel

)

select * from final
