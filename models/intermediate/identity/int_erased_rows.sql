-- Grain: one row per row without an erased identity that leaves with the person it belonged to.
-- A row without user or address on a shared device leaves with its person, so that nobody else
-- inherits it.
with

final as (

    select
        row_type,
        row_id
    from {{ ref('assisted_conversions', 'int_shared_device_rows') }}
    where
        is_erased
        and row_type != 'conversion'
    union all
    select
        'conversion' as row_type,
        conversion_key as row_id
    from {{ ref('assisted_conversions', 'int_conversion_persons') }}
    where is_erased

)

select * from final
