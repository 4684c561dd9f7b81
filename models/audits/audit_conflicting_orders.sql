-- Grain: one row per order and conversion type whose rows hardly belong together.
-- They name different known persons, or lie more than a week apart. They are merged all
-- the same. Two shops that number their orders alike are the usual cause.
with

events as (

    select * from {{ ref('assisted_conversions', 'int_conversion_events') }}
    where order_id is not null

),

keys as (

    select * from {{ ref('assisted_conversions', 'int_identity_keys') }}
    where key_type != 'visitor'

),

shared_keys as (

    select * from {{ ref('assisted_conversions', 'int_shared_keys') }}

),

repeated_orders as (

    select order_id
    from events
    group by order_id
    having count(*) > 1

),

order_keys as (

    {% for key in ['visitor_key', 'user_key', 'email_key'] -%}
    select
        events.order_id,
        events.{{ key }} as identity_key
    from events
    inner join repeated_orders
        on events.order_id = repeated_orders.order_id
    where {{ is_strong_key('events.' ~ key) }}
    {{ 'union distinct' if not loop.last }}
    {% endfor %}

),

-- Who the keys are if the order does not link them.
order_persons as (

    select distinct
        order_keys.order_id,
        coalesce(keys.row_component_number, {{ row_hash(['order_keys.identity_key']) }})
            as person_number,
        {{ identity_type('order_keys.identity_key') }} as key_type
    from order_keys
    left join keys
        on order_keys.identity_key = keys.identity_key
    left join shared_keys
        on order_keys.identity_key = shared_keys.identity_key
    where shared_keys.identity_key is null

),

-- A user and an address that nothing else is known of are one person under two names.
person_types as (

    select
        order_persons.order_id,
        order_persons.person_number,
        least(min(order_persons.key_type), min(keys.key_type)) as first_type,
        greatest(max(order_persons.key_type), max(keys.key_type)) as last_type
    from order_persons
    left join keys
        on order_persons.person_number = keys.row_component_number
    group by
        order_persons.order_id,
        order_persons.person_number

),

persons_of_orders as (

    select
        order_id,
        count(*) - case
            when
                count(*) = 2
                and max(first_type) = 'user'
                and min(last_type) = 'email'
                then 1
            else 0
        end as persons
    from person_types
    group by order_id

),

merged as (

    select
        order_id,
        conversion_type,
        count(*) as row_count,
        {{ days_between('min(converted_at)', 'max(converted_at)') }} as days_apart,
        max(case when conversion_key = kept_conversion_key then conversion_value end)
            as conversion_value
    from events
    group by
        order_id,
        conversion_type

),

final as (

    select
        case
            when {{ masked_emails('merged.order_id') }} = merged.order_id then merged.order_id
            else '(e-mail):' || {{ salted_hash('merged.order_id') }}
        end as order_id,
        merged.conversion_type,
        merged.row_count as rows,
        coalesce(persons_of_orders.persons, 0) as persons,
        merged.days_apart,
        merged.conversion_value
    from merged
    left join persons_of_orders
        on merged.order_id = persons_of_orders.order_id
    where
        persons_of_orders.persons > 1
        or merged.days_apart > 7

)

select * from final
