-- Grain: one row per conversion group, assisting channel and closing channel.
-- A channel may assist itself. A conversion counts once in each pair that it has. Small closing
-- channels (setting `min_group_size`) are one, (other channels), and so are small assisting ones of
-- a closing channel.
with

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}
    where is_attributed

),

roles as (

    select * from {{ ref('assisted_conversions', 'fct_assisted_conversions') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

grouped_conversions as (

    select
        conversion_groups.conversion_group,
        conversions.last_channel,
        conversions.conversion_key,
        conversions.person_id,
        conversions.conversion_value
    from conversions
    inner join conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type

),

small_closers as (

    {{ pooled_values(
        'grouped_conversions', ['conversion_group'], ['last_channel']
    ) | indent(4) }}

),

closed_conversions as (

    select
        grouped_conversions.*,
        case
            when small_closers.last_channel is null then grouped_conversions.last_channel
            else '(other channels)'
        end as closing_channel
    from grouped_conversions
    left join small_closers
        on grouped_conversions.conversion_group = small_closers.conversion_group
        and grouped_conversions.last_channel = small_closers.last_channel

),

closers as (

    select
        conversion_group,
        closing_channel,
        count(*) as conversions
    from closed_conversions
    group by conversion_group, closing_channel

),

assists as (

    select
        closed_conversions.*,
        roles.channel as assisting_channel
    from closed_conversions
    inner join roles
        on closed_conversions.conversion_key = roles.conversion_key
    where roles.is_assist

),

small_pairs as (

    {{ pooled_values(
        'assists', ['conversion_group', 'closing_channel'], ['assisting_channel']
    ) | indent(4) }}

),

-- Where channels are pooled, several of them may have assisted one conversion: it counts once.
shown_assists as (

    select {{ 'distinct' if setting('min_group_size') > 1 }}
        assists.conversion_group,
        assists.closing_channel,
        case
            when small_pairs.assisting_channel is null then assists.assisting_channel
            else '(other channels)'
        end as assisting_channel,
        assists.conversion_key,
        assists.conversion_value
    from assists
    left join small_pairs
        on assists.conversion_group = small_pairs.conversion_group
        and assists.closing_channel = small_pairs.closing_channel
        and assists.assisting_channel = small_pairs.assisting_channel

),

pairs as (

    select
        conversion_group,
        assisting_channel,
        closing_channel,
        count(*) as conversions,
        {{ sum_of_amounts('conversion_value') }} as conversion_value
    from shown_assists
    group by conversion_group, assisting_channel, closing_channel

),

final as (

    select
        pairs.*,
        {{ ratio('pairs.conversions', 'closers.conversions') }} as share_of_closer
    from pairs
    inner join closers
        on pairs.conversion_group = closers.conversion_group
        and pairs.closing_channel = closers.closing_channel

)

select * from final
