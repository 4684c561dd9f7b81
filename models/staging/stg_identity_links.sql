-- Grain: one row per raw link of two identity keys.
{{ config(meta={'keeps_changes': true}) }}
with

identity_links as (

    select * from {{ ref('base_identity_links') }}

),

final as (

    select
        left_key,
        right_key,
        linked_at
    from identity_links
    where
        reject_reason is null
        and not is_erased

)

select * from final
