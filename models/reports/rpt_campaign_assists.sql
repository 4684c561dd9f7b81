-- Grain: one row per conversion group, channel, source, medium and campaign, with a (total) row and
-- an (unattributed) row. Campaigns of fewer than `min_group_size` persons are pooled per channel.
{%- set campaign = ['source', 'medium', 'campaign'] %}
{%- set dimensions = ['channel'] + campaign %}
with

sums as (

    {{ grouped_role_sums(
        ref('assisted_conversions', 'int_campaign_role_sums'), ref('assisted_conversions', 'int_conversion_groups'), dimensions
    ) | indent(4) }}

),

unattributed as (

    {{ unattributed_conversions(
        ref('assisted_conversions', 'fct_conversions'), ref('assisted_conversions', 'int_conversion_groups')
    ) | indent(4) }}

),

conversions as (

    {{ each_group(ref('assisted_conversions', 'fct_conversions'), ref('assisted_conversions', 'int_conversion_groups')) | indent(4) }}

),

-- What pools are made from; without pools nobody reads it.
parts as ( -- noqa: ST03

    {{ grouped_parts(
        'conversions', ref('assisted_conversions', 'fct_assisted_conversions_by_campaign'), [], dimensions
    ) | indent(4) }}

),

shown_sums as (

    {{ pooled_role_sums(
        'sums', 'parts', ['conversion_group', 'channel'], campaign, '(other)'
    ) | indent(4) }}

),

costs as (

    {{ total_costs(ref('assisted_conversions', 'fct_ad_spend_daily'), dimensions) | indent(4) }}

),

{{ assists_report('sums', 'shown_sums', 'unattributed', 'costs', [], dimensions, dimensions) }}

select * from final
