-- Grain: one row per conversion event of a source system, erased or not.
-- Of several rows of one event the last updated counts.
{{ config(materialized='table') }}
with

conversions as (

    select
        *,
        {{ is_erased(['visitor_key', 'user_key', 'email_key']) | indent(8) }} as is_erased
    from {{ ref('assisted_conversions', 'base_conversions_priced') }}
    where reject_reason is null

),

ranked as (

    select
        *,
        row_number() over (
            partition by source_system, conversion_id
            order by
                coalesce(updated_at, converted_at) desc,
                coalesce(loaded_at, converted_at) desc,
                {%- for column in [
                    'converted_at', 'visitor_key', 'user_key', 'email_key', 'order_id',
                    'conversion_type', 'gross_value', 'refund_value', 'status'
                ] + segment_attributes() %}
                {{ column }} nulls last{{ ',' if not loop.last }}
                {%- endfor %}
        ) as duplicate_rank,
        {{ other_rows(['source_system', 'conversion_id']) | indent(8) }} as removed_duplicates
    from conversions

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
        {% for column in segment_attributes() -%}
        {{ column }},
        {% endfor %}

        cast(gross_value - refund_value as {{ amount_type() }}) as conversion_value,
        removed_duplicates,

        converted_at,
        coalesce(updated_at, converted_at) as updated_at,
        coalesce(loaded_at, converted_at) as loaded_at
    from ranked
    where duplicate_rank = 1

)

select * from final
