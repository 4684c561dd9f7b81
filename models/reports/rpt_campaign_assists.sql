-- Grain: one row per conversion group, channel, source, medium and campaign, with a (total) row and
-- an (unattributed) row. Campaigns of fewer than `min_group_size` persons are pooled per channel.
{%- set campaign = ['source', 'medium', 'campaign'] %}
{%- set dimensions = ['channel'] + campaign %}
with

conversions as (

    {{ grouped_conversions(
        ref('fct_conversions'),
        ref('fct_assisted_conversions_by_campaign'),
        ref('int_conversion_groups')
    ) | indent(4) }}

),

parts as (

    {{ grouped_parts(
        'conversions', ref('fct_assisted_conversions_by_campaign'), [], dimensions
    ) | indent(4) }}

),

shown_parts as (

    {{ pooled_parts(
        'parts', ['conversion_group', 'channel'], campaign, '(other)'
    ) | indent(4) }}

),

costs as (

    {{ total_costs(ref('fct_ad_spend_daily'), dimensions) | indent(4) }}

),

{{ assists_report('conversions', 'shown_parts', 'costs', [], dimensions, dimensions) }}

select * from final
