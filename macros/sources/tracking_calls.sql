{# Raw tables of the calls page, track and identify, which Segment and RudderStack write alike. A call
   may be written several times, with one id; the first received counts. #}

{# The events of browsers, as `sessions_of_events` takes them: page views, and events that name a page.
   Servers name none. Arguments: pages and tracks, relations. #}
{% macro tracked_events(pages, tracks) -%}
select
    id as event_id,
    anonymous_id as visitor_id,
    user_id,
    true as is_page_view,
    occurred_at,
    coalesce(loaded_at, received_at) as loaded_at,
    url as page_url,
    -- RudderStack writes that there was no referrer.
    nullif(referrer, '$direct') as referrer_url,
    context_campaign_source as utm_source,
    context_campaign_medium as utm_medium,
    context_campaign_name as utm_campaign,
    context_campaign_content as utm_content,
    context_campaign_term as utm_term,
    context_user_agent as user_agent
from {{ first_rows(pages, 'id', 'received_at') }} as pages
union all
select
    id as event_id,
    anonymous_id as visitor_id,
    user_id,
    false as is_page_view,
    occurred_at,
    coalesce(loaded_at, received_at) as loaded_at,
    context_page_url as page_url,
    {{ quote_text(none) }} as referrer_url,
    {%- for field in utm_fields() %}
    {{ quote_text(none) }} as {{ field }},
    {%- endfor %}
    {{ quote_text(none) }} as user_agent
from {{ first_rows(tracks, 'id', 'received_at') }} as tracks
where context_page_url is not null
{%- endmacro %}

{# Conversions made of events. A browser that shows the page after an order again sends the order
   again, with another id: the first counts. Arguments: tracks and orders, relations; types, a mapping
   of events to conversion types; order_value, the column that is the value of an order. #}
{% macro tracked_conversions(tracks, orders, types, order_value) -%}
with

tracks as (

    select
        id,
        anonymous_id,
        user_id,
        occurred_at,
        coalesce(loaded_at, received_at) as loaded_at,
        {{ mapped_value('event', types) | indent(8) }} as conversion_type
    from {{ first_rows(tracks, 'id', 'received_at') | indent(4) }} as tracks

),

orders as (

    select
        id,
        order_id,
        {{ order_value }} as order_value,
        currency
    from {{ first_rows(orders, 'id', 'id') | indent(4) }} as orders

),

conversions as (

    select
        tracks.*,
        orders.order_id,
        orders.order_value,
        orders.currency,
        row_number() over (
            partition by tracks.conversion_type, orders.order_id
            order by tracks.occurred_at, tracks.id
        ) as order_rank
    from tracks
    left join orders
        on tracks.id = orders.id
    where tracks.conversion_type is not null

),

final as (

    select
        id as conversion_id,
        anonymous_id as visitor_id,
        user_id,
        order_id,
        conversion_type,
        occurred_at as converted_at,
        order_value as value,
        currency as currency_code,
        loaded_at
    from conversions
    where order_id is null or order_rank = 1

)

select * from final
{%- endmacro %}
