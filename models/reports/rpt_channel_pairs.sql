-- Grain: one row per conversion group, assisting channel and closing channel.
-- A channel may assist itself. One conversion counts in each pair that it has, once. Closers, then
-- pairs of fewer than `min_group_size` persons are pooled, so that none shows a single person.
with

assisted as (

    select * from {{ ref('fct_assisted_conversions') }}

),

conversions as (

    select * from {{ ref('fct_conversions') }}

),

conversion_groups as (

    select * from {{ ref('int_conversion_groups') }}

),

closers as (

    select
        conversion_groups.conversion_group,
        conversions.last_channel as closing_channel,
        conversions.conversion_key,
        conversions.person_id,
        conversions.conversion_value
    from conversions
    inner join conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type
    where conversions.is_attributed

),

shown_closers as (

    {{ pooled_values(
        'closers', ['conversion_group'], ['closing_channel'], '(other channels)'
    ) | indent(4) }}

),

closer_totals as (

    select
        conversion_group,
        closing_channel,
        count(*) as conversions
    from shown_closers
    group by
        conversion_group,
        closing_channel

),

pairs as (

    select
        closers.conversion_group,
        closers.closing_channel,
        closers.conversion_key,
        closers.person_id,
        closers.conversion_value,
        assisted.channel as assisting_channel
    from shown_closers as closers
    inner join assisted
        on closers.conversion_key = assisted.conversion_key
    where assisted.is_assist

),

shown_pairs as (

    {{ pooled_values(
        'pairs', ['conversion_group', 'closing_channel'], ['assisting_channel'], '(other channels)'
    ) | indent(4) }}

),

summed as (

    select
        conversion_group,
        assisting_channel,
        closing_channel,
        count(*) as conversions,
        cast(sum(conversion_value) as decimal(18, 4)) as conversion_value
    from (
        -- Several pooled channels may have assisted one conversion.
        select distinct
            conversion_group,
            assisting_channel,
            closing_channel,
            conversion_key,
            conversion_value
        from shown_pairs
    ) as distinct_pairs
    group by
        conversion_group,
        assisting_channel,
        closing_channel

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
