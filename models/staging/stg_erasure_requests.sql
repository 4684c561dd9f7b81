-- Grain: one row per identity to erase.
with

erasure_requests as (

    select * from {{ ref('assisted_conversions', 'base_erasure_requests') }}

),

final as (

    select
        identity_number,
        identity_key,
        count(*) - 1 as removed_duplicates,
        max(requested_at) as requested_at
    from erasure_requests
    where reject_reason is null
    group by
        identity_number,
        identity_key

)

select * from final
