-- Grain: one row per conversion event, those of one order and type pointing to the one kept.
-- Of a deal that several systems recorded, the most trusted one's row is kept.
with

conversions as (

    select * from {{ ref('stg_conversions') }}

),

grouped as (

    select
        *,
        coalesce('order:' || order_id, 'row:' || conversion_key) as order_key,
        case source_system
            {%- for system in setting('system_priority') %}
            when '{{ system | replace("'", "''") }}' then {{ loop.index }}
            {%- endfor %}
            else {{ setting('system_priority') | length + 1 }}
        end as system_rank
    from conversions

),

final as (

    select
        *,
        first_value(conversion_key) over trusted_first as kept_conversion_key,
        min(converted_at) over (
            partition by order_key, conversion_type
        ) as first_converted_at
    from grouped
    window trusted_first as (
        partition by order_key, conversion_type
        order by system_rank, source_system, updated_at desc, conversion_id
    )

)

select * from final
