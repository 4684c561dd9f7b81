-- Grain: one row per conversion group and channel, with a (total) row and an (unattributed) row.
-- Assists do not add up over channels: the (total) row counts each conversion once.
with

conversions as (

    {{ grouped_conversions(
        ref('fct_conversions'), ref('fct_assisted_conversions'), ref('int_conversion_groups')
    ) | indent(4) }}

),

parts as (

    {{ grouped_parts(
        'conversions', ref('fct_assisted_conversions'), [], ['channel']
    ) | indent(4) }}

),

costs as (

    {{ total_costs(ref('fct_ad_spend_daily'), ['channel']) | indent(4) }}

),

{{ assists_report('conversions', 'parts', 'costs', [], ['channel'], ['channel']) }}

select * from final
