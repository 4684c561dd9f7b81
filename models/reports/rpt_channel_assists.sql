-- Grain: one row per conversion group and channel, with a (total) row and an (unattributed) row.
-- Assists do not add up over channels: the (total) row counts each conversion once.
with

sums as (

    {{ grouped_role_sums(
        ref('assisted_conversions', 'int_channel_role_sums'), ref('assisted_conversions', 'int_conversion_groups'), ['channel']
    ) | indent(4) }}

),

unattributed as (

    {{ unattributed_conversions(
        ref('assisted_conversions', 'fct_conversions'), ref('assisted_conversions', 'int_conversion_groups')
    ) | indent(4) }}

),

costs as (

    {{ total_costs(ref('assisted_conversions', 'fct_ad_spend_daily'), ['channel']) | indent(4) }}

),

{{ assists_report('sums', 'sums', 'unattributed', 'costs', [], ['channel'], ['channel']) }}

select * from final
