-- Grain: one row per raw link of two identity keys.
with

identity_links as (

    select * from {{ ref('assisted_conversions', 'base_identity_links') }}
    where
        reject_reason is null
        and not {{ is_erased(['left_key', 'right_key']) | indent(8) }}

),

final as (

    select
        left_key,
        right_key,
        linked_at
    from identity_links

)

select * from final
