-- Grain: one row per conversion type and channel.
-- Plain sums over fct_assisted_conversions, for reports to add up.
{{ config(schema='intermediate') }}
with

assisted as (

    select * from {{ ref('assisted_conversions', 'fct_assisted_conversions') }}

),

final as (

    {{ role_sums('assisted', ['conversion_type', 'channel']) | indent(4) }}

)

select * from final
