-- Grain: one row per conversion type, channel, source, medium and campaign.
-- Plain sums over fct_assisted_conversions_by_campaign, for reports to add up.
{{ config(schema='intermediate') }}
with

assisted as (

    select * from {{ ref('assisted_conversions', 'fct_assisted_conversions_by_campaign') }}

),

final as (

    {{ role_sums(
        'assisted', ['conversion_type', 'channel', 'source', 'medium', 'campaign']
    ) | indent(4) }}

)

select * from final
