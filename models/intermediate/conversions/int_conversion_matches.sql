-- Grain: one row per row of `web`, and per order of `crm` and `backend`, that is not cancelled.
-- Before orders are merged: which web row and which system row are the same conversion. A row of
-- `crm` or `backend` without an order stands alone.
{%- set apart = 'abs(' ~ seconds_between('web.converted_at', 'systems.converted_at') ~ ')' %}
with

events as (

    select
        conversion_key,
        conversion_id,
        source_system,
        order_id,
        person_id,
        conversion_type,
        conversion_value,
        converted_at,
        updated_at,
        system_rank
    from {{ ref('assisted_conversions', 'int_conversion_events') }}
    where
        status != 'cancelled'
        and source_system in ('web', 'crm', 'backend')

),

web as (

    select * from events
    where source_system = 'web'

),

ranked_systems as (

    select
        *,
        row_number() over (
            partition by conversion_type, coalesce(order_id, conversion_key), order_id is null
            order by system_rank, source_system, updated_at desc, conversion_id
        ) as rank_in_order
    from events
    where source_system != 'web'

),

systems as (

    select * from ranked_systems
    where rank_in_order = 1

),

-- Of several web rows of an order, the nearest is the system's conversion.
same_orders as (

    select
        web.conversion_key as web_key,
        systems.conversion_key as system_key,
        {{ apart }} as seconds_apart
    from web
    inner join systems
        on
            web.order_id = systems.order_id
            and web.conversion_type = systems.conversion_type

),

of_one_order as (

    select
        *,
        row_number() over (
            partition by system_key order by seconds_apart, web_key
        ) as rank_in_order
    from same_orders

),

-- What no order has matched: rows of a person and type that are each other's nearest.
same_persons as (

    select
        web.conversion_key as web_key,
        systems.conversion_key as system_key,
        {{ apart }} as seconds_apart
    from web
    inner join systems
        on
            web.person_id = systems.person_id
            and web.conversion_type = systems.conversion_type
            and {{ apart }} <= {{ setting('drift_match_minutes') }} * 60
    where
        not exists (
            select of_one_order.web_key from of_one_order
            where of_one_order.web_key = web.conversion_key
        )
        and not exists (
            select of_one_order.web_key from of_one_order
            where of_one_order.system_key = systems.conversion_key
        )

),

of_one_person as (

    select
        *,
        row_number() over (
            partition by web_key order by seconds_apart, system_key
        ) as rank_of_system,
        row_number() over (
            partition by system_key order by seconds_apart, web_key
        ) as rank_of_web
    from same_persons

),

pairs as (

    select
        web_key,
        system_key,
        'order' as matched_by
    from of_one_order
    where rank_in_order = 1
    union all
    select
        web_key,
        system_key,
        'person' as matched_by
    from of_one_person
    where
        rank_of_system = 1
        and rank_of_web = 1

),

-- A pair counts on the day of its system row.
final as (

    select
        web.conversion_key,
        web.conversion_type,
        true as is_web,
        pairs.matched_by,
        web.conversion_value,
        {{ reporting_date('coalesce(systems.converted_at, web.converted_at)') }} as conversion_date
    from web
    left join pairs
        on web.conversion_key = pairs.web_key
    left join systems
        on pairs.system_key = systems.conversion_key
    union all
    select
        systems.conversion_key,
        systems.conversion_type,
        false as is_web,
        pairs.matched_by,
        systems.conversion_value,
        {{ reporting_date('systems.converted_at') }} as conversion_date
    from systems
    left join pairs
        on systems.conversion_key = pairs.system_key

)

select * from final
