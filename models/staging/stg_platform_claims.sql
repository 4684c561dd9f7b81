-- Grain: one row per usable row of the raw table platform_claims.
with

platform_claims as (

    select * from {{ ref('assisted_conversions', 'base_platform_claims') }}

),

final as (

    select
        platform,
        conversion_type,

        claimed_conversions,
        cast(claimed_value as decimal(18, 4)) as claimed_value,

        claim_date
    from platform_claims
    where reject_reason is null

)

select * from final
