-- Grain: one row per conversion group, conversion month and channel, and (total), where persons
-- have several conversions. The month is null for all months together.
-- How often the channel assists or closes several conversions of one person.
with

conversions as (

    select * from {{ ref('assisted_conversions', 'int_repeat_conversions') }}

),

channel_roles as (

    select * from {{ ref('assisted_conversions', 'fct_assisted_conversions') }}

),

roles as (

    select
        conversions.conversion_group,
        conversions.conversion_month,
        channel_roles.channel,
        conversions.person_hash,
        channel_roles.is_assist,
        channel_roles.is_last
    from channel_roles
    inner join conversions
        on channel_roles.conversion_key = conversions.conversion_key
    union all
    select
        conversion_group,
        conversion_month,
        '(total)' as channel,
        person_hash,
        is_assist,
        is_last
    from conversions

),

monthly_persons as (

    select
        conversion_group,
        conversion_month,
        channel,
        person_hash,
        {{ person_roles('roles') | indent(8) }}
    from roles
    group by
        conversion_group,
        conversion_month,
        channel,
        person_hash

),

persons as (

    select * from monthly_persons
    union all
    select
        conversion_group,
        null as conversion_month,
        channel,
        person_hash,
        sum(assists) as assists,
        sum(closes) as closes,
        sum(both_roles) as both_roles
    from monthly_persons
    group by
        conversion_group,
        channel,
        person_hash

),

final as (

    select
        conversion_group,
        conversion_month,
        channel,
        {{ repeat_pairs('persons') | indent(8) }}
    from persons
    group by
        conversion_group,
        conversion_month,
        channel

)

select * from final
