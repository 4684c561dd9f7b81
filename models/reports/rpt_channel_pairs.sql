-- Grain: one row per conversion group, assisting channel and closing channel.
-- A channel may assist itself. One conversion counts in each pair that it has, once. Closers, then
-- pairs of fewer than `min_group_size` persons are pooled, so that none shows a single person.
{%- set closers = {'by': ['conversion_group'], 'columns': ['closing_channel'],
    'other': '(other channels)'} %}
{%- set pairs = ['conversion_group', 'assisting_channel', 'closing_channel'] %}
{%- set measures = {'conversions': 'bigint', 'conversion_value': 'decimal(18, 4)'} %}
with

role_sums as (

    {{ each_group(ref('assisted_conversions', 'int_channel_role_sums'), ref('assisted_conversions', 'int_conversion_groups')) | indent(4) }}

),

pair_sums as (

    {{ each_group(ref('assisted_conversions', 'int_channel_pair_sums'), ref('assisted_conversions', 'int_conversion_groups')) | indent(4) }}

),

-- What pools are made from; without pools nobody reads it.
people as ( -- noqa: ST03

    select
        grouped.*,
        grouped.last_channel as closing_channel
    from (
        {{ each_group(ref('assisted_conversions', 'fct_conversions'), ref('assisted_conversions', 'int_conversion_groups')) | indent(8) }}
    ) as grouped
    where grouped.is_attributed

),

closer_sums as (

    select
        conversion_group,
        channel as closing_channel,
        last_conversions as conversions
    from role_sums
    where last_conversions > 0

),

shown_closers as (

    {{ pooled_values('closer_sums', people='people', **closers) | indent(4) }}

),

closer_totals as (

    {{ added_up(
        'shown_closers', ['conversion_group', 'closing_channel'], {'conversions': 'bigint'}
    ) | indent(4) }}

),

shown_pairs as (

    {{ pooled_pairs(
        'pair_sums', 'people', ref('assisted_conversions', 'fct_assisted_conversions'), closers
    ) | indent(4) }}

),

summed as (

    {{ added_up('shown_pairs', pairs, measures) | indent(4) }}

),

final as (

    select
        summed.conversion_group,
        summed.assisting_channel,
        summed.closing_channel,

        summed.conversions,
        summed.conversion_value,
        {{ ratio('summed.conversions', 'closer_totals.conversions') }} as share_of_closer
    from summed
    inner join closer_totals
        on
            summed.conversion_group = closer_totals.conversion_group
            and summed.closing_channel = closer_totals.closing_channel

)

select * from final
