-- Grain: one row per conversion group, channel, source, medium and campaign that is in a pool.
-- The list is what a channel has within a group: what a pool holds must not be told by the figures
-- of the channel either.
with

roles as (

    select * from {{ ref('assisted_conversions', 'fct_assisted_conversions_by_campaign') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

members as (

    select
        conversion_groups.conversion_group,
        roles.channel,
        roles.source,
        roles.medium,
        roles.campaign,
        conversions.person_id
    from roles
    inner join conversions
        on roles.conversion_key = conversions.conversion_key
    inner join conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type

),

final as (

    {{ pooled_values(
        'members', ['conversion_group', 'channel'], ['source', 'medium', 'campaign']
    ) | indent(4) }}

)

select * from final
