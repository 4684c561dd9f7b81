-- Grain: one row per conversion type, content level and value of that level.
-- Plain sums over fct_assisted_conversions_by_content, for reports to add up.
{{ config(schema='intermediate') }}
with

assisted as (

    select * from {{ ref('assisted_conversions', 'fct_assisted_conversions_by_content') }}

),

final as (

    {{ role_sums('assisted', ['conversion_type', 'level', 'value']) | indent(4) }}

)

select * from final
