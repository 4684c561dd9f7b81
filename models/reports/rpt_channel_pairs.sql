-- Grain: one row per conversion group, assisting channel and closing channel.
-- A channel may assist itself. One conversion counts in each pair that it has, once.
with

assisted as (

    select * from {{ ref('fct_assisted_conversions') }}

),

conversion_groups as (

    select * from {{ ref('int_conversion_groups') }}

),

closers as (

    select
        conversion_groups.conversion_group,
        assisted.channel as closing_channel,
        assisted.conversion_key,
        assisted.conversion_value
    from assisted
    inner join conversion_groups
        on assisted.conversion_type = conversion_groups.conversion_type
    where assisted.is_last

),

closer_totals as (

    select
        conversion_group,
        closing_channel,
        count(*) as conversions
    from closers
    group by
        conversion_group,
        closing_channel

),

pairs as (

    select
        closers.conversion_group,
        assisted.channel as assisting_channel,
        closers.closing_channel,
        count(*) as conversions,
        cast(sum(closers.conversion_value) as decimal(18, 4)) as conversion_value
    from closers
    inner join assisted
        on closers.conversion_key = assisted.conversion_key
    where assisted.is_assist
    group by
        closers.conversion_group,
        assisted.channel,
        closers.closing_channel

),

final as (

    select
        pairs.conversion_group,
        pairs.assisting_channel,
        pairs.closing_channel,

        pairs.conversions,
        pairs.conversion_value,
        {{ ratio('pairs.conversions', 'closer_totals.conversions') }} as share_of_closer
    from pairs
    inner join closer_totals
        on
            pairs.conversion_group = closer_totals.conversion_group
            and pairs.closing_channel = closer_totals.closing_channel

)

select * from final
