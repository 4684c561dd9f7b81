-- Grain: one row per conversion id of which a raw row has changed since the last run, and day on
-- which a raw row of it was loaded.
{{ config(materialized='table', meta={'lists_changes': true}) }}
with

changed_rows as (

    select * from {{ changes_of(ref('base_conversions_priced')) }}

),

base_rows as (

    select * from {{ ref('base_conversions_priced') }}

),

final as (

    select
        conversion_id,
        loaded_on
    from base_rows
    where conversion_id in (select conversion_id from changed_rows)
    union
    select
        conversion_id,
        loaded_on
    from changed_rows
    where conversion_id is not null

)

select * from final
