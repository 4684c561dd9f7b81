-- Grain: one row per conversion event, with its person and the row that is kept of its order.
-- If several systems recorded a deal, the row of the most trusted one is kept. The keys of all rows
-- of the order decide the person.
with

conversions as (

    select
        conversions.*,
        case conversions.source_system
            {%- for system in setting('system_priority') %}
            when '{{ system | replace("'", "''") }}' then {{ loop.index }}
            {%- endfor %}
            else {{ setting('system_priority') | length + 1 }}
        end as system_rank,
        persons.person_id
    from {{ ref('assisted_conversions', 'stg_conversions') }} as conversions
    left join {{ ref('assisted_conversions', 'int_conversion_persons') }} as persons
        on conversions.conversion_key = persons.conversion_key
    where not coalesce(persons.is_erased, false)

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

order_rows as (

    select conversions.*
    from conversions
    inner join repeated_orders
        on
            conversions.order_id = repeated_orders.order_id
            and conversions.conversion_type = repeated_orders.conversion_type

),

merged_rows as (

    select
        conversion_key,
        first_value(conversion_key) over (
            partition by order_id, conversion_type
            order by system_rank, source_system, updated_at desc, conversion_id
            rows between unbounded preceding and current row
        ) as kept_conversion_key,
        min(converted_at) over (
            partition by order_id, conversion_type
        ) as first_converted_at
    from order_rows

),

final as (

    select
        conversions.conversion_key,
        conversions.conversion_id,
        conversions.source_system,
        conversions.order_id,
        conversions.order_key,
        conversions.visitor_key,
        conversions.user_key,
        conversions.email_key,
        conversions.conversion_type,
        conversions.status,
        {% for column in segment_attributes() -%}
        conversions.{{ column }},
        {% endfor -%}
        conversions.conversion_value,
        conversions.removed_duplicates,
        conversions.converted_at,
        conversions.updated_at,
        conversions.loaded_at,
        conversions.system_rank,
        coalesce(merged_rows.kept_conversion_key, conversions.conversion_key)
            as kept_conversion_key,
        coalesce(merged_rows.first_converted_at, conversions.converted_at) as first_converted_at,
        -- An order without any identity is a person of its own.
        coalesce(
            conversions.person_id,
            'conversion:'
            || coalesce(merged_rows.kept_conversion_key, conversions.conversion_key)
        ) as person_id
    from conversions
    left join merged_rows
        on conversions.conversion_key = merged_rows.conversion_key

)

select * from final
