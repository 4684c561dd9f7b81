-- Grain: one row per conversion event, with the person of its order and the row that is kept of it.
-- Narrow: what is known of the event besides stands in stg_conversions.
{{ config(meta={'keeps_changes': true}) }}
{{ rebuilt_by('order_key', 'int_changed_orders') }}
with

conversions as (

    select * from {{ only_changed('int_conversions_merged') }}

),

order_persons as (

    select * from {{ only_changed('int_conversion_persons') }}

),

final as (

    select
        conversions.conversion_key,
        conversions.conversion_id,
        conversions.source_system,
        conversions.order_id,
        conversions.order_key,
        conversions.kept_conversion_key,
        -- An order without any identity is nobody known: a person of its own.
        coalesce(
            order_persons.person_id, 'conversion:' || conversions.kept_conversion_key
        ) as person_id,

        conversions.conversion_type,
        conversions.status,

        conversions.first_converted_at
    from conversions
    left join order_persons
        on conversions.order_key = order_persons.order_key

)

select * from final
