-- Grain: one row per raw entry of a deal into a stage.
{{ config(materialized='view') }}
with

crm_stages as (

    select * from {{ ref('base_crm_stages') }}

),

final as (

    select
        {{ conversion_key('source_system', 'conversion_id') }} as conversion_key,
        order_id,
        stage,
        entered_at
    from crm_stages
    where reject_reason is null

)

select * from final
