-- Grain: one row per conversion date of a conversion of int_changed_conversions, and per date that
-- one had before.
with

changed_conversions as (

    select * from {{ ref('int_changed_conversions') }}

),

conversions as (

    select * from {{ ref('int_conversions') }}

),

conversion_changes as (

    select * from {{ changes_of(ref('int_conversions')) }}

),

final as (

    select conversion_date from conversion_changes
    union
    select conversions.conversion_date
    from conversions
    inner join changed_conversions
        on conversions.conversion_key = changed_conversions.conversion_key

)

select * from final
