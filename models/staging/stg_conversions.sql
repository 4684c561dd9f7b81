-- Grain: one row per conversion event of a source system (orders are merged later).
{{ config(meta={'keeps_changes': true}) }}
{{ rebuilt_by('conversion_id', 'base_changed_conversions') }}
with

conversions as (

    {{ latest_rows(
        ref('base_conversions_priced'),
        ['source_system', 'conversion_id'],
        [
            'coalesce(updated_at, converted_at) desc',
            'coalesce(loaded_at, converted_at) desc',
            'converted_at',
            'visitor_key',
            'user_key',
            'email_key',
            'order_id',
            'conversion_type',
            'gross_value',
            'refund_value',
            'status',
            'product_category',
            'plan_tier',
            'lead_stage',
            'audience',
        ],
        is_changed('conversion_id', 'base_changed_conversions', 'conversion_id')
        ~ ' and ' ~ is_changed('loaded_on', 'base_changed_conversions', 'loaded_on')
    ) | indent(4) }}

),

final as (

    select
        {{ conversion_key('source_system', 'conversion_id') }} as conversion_key,
        conversion_id,
        source_system,
        order_id,
        coalesce(
            'order:' || order_id,
            'row:' || {{ conversion_key('source_system', 'conversion_id') }}
        ) as order_key,
        visitor_key,
        user_key,
        email_key,

        conversion_type,
        status,
        product_category,
        plan_tier,
        lead_stage,
        audience,

        cast(gross_value - refund_value as decimal(18, 4)) as conversion_value,
        removed_duplicates,

        converted_at,
        coalesce(updated_at, converted_at) as updated_at,
        coalesce(loaded_at, converted_at) as loaded_at
    from conversions
    where duplicate_rank = 1

)

select * from final
