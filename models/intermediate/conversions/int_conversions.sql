-- Grain: one row per conversion that counts, with its lookback windows.
{{ config(meta={'keeps_changes': true}) }}
with

conversions as (

    select * from {{ ref('int_conversions_judged') }}

),

dated as (

    select
        *,
        {{ reporting_date('first_converted_at') }} as conversion_date,
        {{ setting('view_lookback_days') }} as view_lookback_days
    from conversions
    where exclusion_reason is null

),

final as (

    select
        conversion_key,
        conversion_id,
        source_system,
        order_id,
        person_id,

        conversion_type,
        conversion_class,
        product_category,
        plan_tier,
        lead_stage,
        audience,

        conversion_value,
        lookback_days,

        first_converted_at as converted_at,
        conversion_date,
        {{ window_opens_at('first_converted_at', 'conversion_date', 'lookback_days') }}
            as window_opens_at,
        {{ window_opens_at('first_converted_at', 'conversion_date', 'view_lookback_days') }}
            as view_window_opens_at
    from dated

)

select * from final
