-- Grain: one row per conversion event, those of one order and type pointing to the one kept.
-- Of a deal that several systems recorded, the most trusted one's row is kept.
{{ config(materialized='view') }}
with

conversions as (

    select * from {{ ref('stg_conversions') }}
    where {{ is_changed('order_key', 'int_changed_orders', 'order_key') }}

),

-- Only rows of these need to be put in order: most orders have one row.
repeated_orders as (

    select
        order_id,
        conversion_type
    from conversions
    where order_id is not null
    group by
        order_id,
        conversion_type
    having count(*) > 1

),

repeated as (

    select
        conversions.conversion_key,
        conversions.conversion_id,
        conversions.source_system,
        conversions.order_id,
        conversions.conversion_type,
        conversions.converted_at,
        conversions.updated_at,
        case conversions.source_system
            {%- for system in setting('system_priority') %}
            when '{{ system | replace("'", "''") }}' then {{ loop.index }}
            {%- endfor %}
            else {{ setting('system_priority') | length + 1 }}
        end as system_rank
    from conversions
    inner join repeated_orders
        on
            conversions.order_id = repeated_orders.order_id
            and conversions.conversion_type = repeated_orders.conversion_type

),

merged as (

    select
        conversion_key,
        first_value(conversion_key) over trusted_first as kept_conversion_key,
        min(converted_at) over (
            partition by order_id, conversion_type
        ) as first_converted_at
    from repeated
    window trusted_first as (
        partition by order_id, conversion_type
        order by system_rank, source_system, updated_at desc, conversion_id
    )

),

final as (

    select
        conversions.*,
        coalesce(merged.kept_conversion_key, conversions.conversion_key) as kept_conversion_key,
        coalesce(merged.first_converted_at, conversions.converted_at) as first_converted_at
    from conversions
    left join merged
        on conversions.conversion_key = merged.conversion_key

)

select * from final
