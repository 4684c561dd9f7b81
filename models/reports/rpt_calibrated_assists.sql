-- Grain: one row per conversion group, attribution model and channel, and (baseline).
-- With `(baseline)`, what no channel caused, calibrated credits add up to the group's conversions.
with

channels as (

    select * from {{ ref('assisted_conversions', 'int_calibrated_groups') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

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

baselines as (

    select
        channels.conversion_group,
        channels.attribution_model,
        {{ true_difference(
            'cast(min(totals.conversions) as ' ~ double_type() ~ ')', 'sum(channels.calibrated_credit)'
        ) | indent(8) }} as calibrated_credit,
        sum(channels.assisted_conversions - channels.incremental_assists) as incremental_assists,
        {{ dbt.bool_or('channels.is_capped') }} as is_capped
    from channels
    inner join totals
        on channels.conversion_group = totals.conversion_group
    group by
        channels.conversion_group,
        channels.attribution_model

),

final as (

    select
        channels.conversion_group,
        channels.channel,
        channels.attribution_model,

        channels.scaled_credit / channels.credit as calibration_factor,
        (channels.scaled_credit - 1.96 * channels.credit_error) / channels.credit as factor_low,
        (channels.scaled_credit + 1.96 * channels.credit_error) / channels.credit as factor_high,
        channels.calibrated_credit,
        channels.incremental_assists,
        baselines.is_capped,

        channels.credit,
        channels.assisted_conversions,
        channels.lift_tests
    from channels
    inner join baselines
        on channels.conversion_group = baselines.conversion_group
        and channels.attribution_model = baselines.attribution_model
    where channels.credit > 0
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
        is_capped,

        null as credit,
        null as assisted_conversions,
        null as lift_tests
    from baselines

)

select * from final
