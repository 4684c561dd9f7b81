-- Grain: one row per conversion type.
-- Metrics of every table are grouped and filtered by the class of their conversion type.
{{ config(materialized='view', enabled=setting('semantic_layer')) }}
with

conversion_types as (

    select * from {{ rule('conversion_types') }}

),

final as (

    select
        conversion_type,
        conversion_class
    from conversion_types

)

select * from final
