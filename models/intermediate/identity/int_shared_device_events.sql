-- Grain: one row per row of a shared device: its sessions, interactions, conversions and links.
-- Rows whose only user or address is a shared key belong to that key and are left out.
with

devices as (

    select * from {{ ref('assisted_conversions', 'int_devices') }}
    where device_kind = 'shared_device'

),

shared_keys as (

    select * from {{ ref('assisted_conversions', 'int_shared_keys') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'base_latest_conversions') }}

),

order_keys as (

    select * from {{ ref('assisted_conversions', 'int_order_keys') }}

),

identity_links as (

    select * from {{ ref('assisted_conversions', 'base_identity_links') }}
    where reject_reason is null

),

touches as (

    {% for table, row_type, row_id, occurred_at in [
        ('base_latest_sessions', 'session', 'session_id', 'started_at'),
        ('base_latest_interactions', 'interaction', 'interaction_id', 'touched_at'),
    ] -%}
    select
        devices.device_number,
        '{{ row_type }}' as row_type,
        touches.{{ row_id }} as row_id,
        touches.visitor_key,
        touches.user_key,
        touches.email_key,
        touches.{{ occurred_at }} as occurred_at
    from {{ ref('assisted_conversions', table) }} as touches
    inner join devices
        on touches.visitor_key = devices.identity_key
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

touch_events as (

    select
        touches.device_number,
        touches.row_type || ':' || touches.row_id as event_name,
        touches.row_type,
        touches.row_id,
        touches.visitor_key,
        {{ leading_strong_key('touches') | indent(8) }} as strong_key,
        coalesce(touches.user_key, touches.email_key) as first_key,
        touches.occurred_at
    from touches
    {{- join_shared_keys('touches', 'shared_keys') }}

),

-- A conversion whose order has a user or address is an event of its own row's device, at its own
-- time. Otherwise it is one of the order's device, at the time of the merged conversion.
dated_conversions as (

    select
        conversions.conversion_key,
        conversions.visitor_key,
        order_keys.strong_key,
        order_keys.shared_key,
        case
            when order_keys.strong_key is not null then conversions.visitor_key
            else order_keys.visitor_key
        end as device_key,
        case
            when order_keys.strong_key is not null then conversions.converted_at
            else min(conversions.converted_at) over (
                partition by conversions.order_key, conversions.conversion_type
            )
        end as occurred_at
    from conversions
    inner join order_keys
        on conversions.order_key = order_keys.order_key

),

links as (

    {% for one, other in [('left_key', 'right_key'), ('right_key', 'left_key')] -%}
    select
        devices.device_number,
        links.{{ other }} as strong_key,
        links.linked_at as occurred_at
    from identity_links as links
    inner join devices
        on links.{{ one }} = devices.identity_key
    left join shared_keys
        on links.{{ other }} = shared_keys.identity_key
    where
        {{ is_strong_key('links.' ~ other) }}
        and shared_keys.identity_key is null
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

final as (

    select
        device_number,
        event_name,
        row_type,
        row_id,
        visitor_key,
        strong_key,
        occurred_at
    from touch_events
    where
        strong_key is not null
        or first_key is null
    union all
    select
        devices.device_number,
        'conversion:' || conversions.conversion_key as event_name,
        'conversion' as row_type,
        conversions.conversion_key as row_id,
        conversions.visitor_key,
        conversions.strong_key,
        conversions.occurred_at
    from dated_conversions as conversions
    inner join devices
        on conversions.device_key = devices.identity_key
    where
        conversions.strong_key is not null
        or conversions.shared_key is null
    union all
    select
        device_number,
        'link:' || strong_key as event_name,
        'link' as row_type,
        strong_key as row_id,
        null as visitor_key,
        strong_key,
        occurred_at
    from links

)

select * from final
