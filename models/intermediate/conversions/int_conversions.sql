-- Grain: one row per conversion that counts, with its lookback windows.
{{ config(meta={'keeps_changes': true}) }}
{{ rebuilt_by('conversion_key', keys_of_changes(
    'conversion_key', ['stg_conversions', 'int_conversions_judged']
)) }}
with

conversions as (

    select * from {{ ref('stg_conversions') }}
    where {{ is_of_changed_key('conversion_key') }}

),

judged as (

    select * from {{ ref('int_conversions_judged') }}
    where {{ is_of_changed_key('conversion_key') }}

),

dated as (

    select
        conversions.conversion_key,
        conversions.conversion_id,
        conversions.source_system,
        conversions.order_id,
        judged.person_id,

        conversions.conversion_type,
        judged.conversion_class,
        conversions.product_category,
        conversions.plan_tier,
        conversions.lead_stage,
        conversions.audience,

        conversions.conversion_value,
        judged.lookback_days,

        judged.first_converted_at as converted_at,
        {{ reporting_date('judged.first_converted_at') }} as conversion_date,
        {{ setting('view_lookback_days') }} as view_lookback_days
    from conversions
    inner join judged
        on conversions.conversion_key = judged.conversion_key
    where judged.exclusion_reason is null

),

final as (

    select
        * {{ except_columns(['view_lookback_days']) }},
        {{ window_opens_at('converted_at', 'conversion_date', 'lookback_days') }}
            as window_opens_at,
        {{ window_opens_at('converted_at', 'conversion_date', 'view_lookback_days') }}
            as view_window_opens_at
    from dated

)

select * from final
