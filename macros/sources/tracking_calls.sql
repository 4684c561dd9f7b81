{# Raw tables of the calls page, track and identify, which Segment and RudderStack write alike. A call
   may be written several times, with one id; the first received counts. #}

{# When a call happened: by the clock of the device, which may be ahead, but not after it was received. #}
{% macro time_of_call() -%}
    case when occurred_at > received_at then received_at else occurred_at end
{%- endmacro %}

{# The events of browsers, as `sessions_of_events` takes them: page views, and events that name a page.
   Servers name none. A word that is no id is that of many browsers, whose events are no visit.
   Arguments: pages and tracks, relations. #}
{% macro tracked_events(pages, tracks) -%}
{%- set is_a_browsers -%}
lower(anonymous_id) != 'null'
    and lower(anonymous_id) not in (select junk_id from {{ rule('junk_ids') }})
{%- endset -%}
select
    id as event_id,
    anonymous_id as visitor_id,
    user_id,
    true as is_page_view,
    {{ time_of_call() }} as occurred_at,
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
where {{ is_a_browsers }}
union all
select
    id as event_id,
    anonymous_id as visitor_id,
    user_id,
    false as is_page_view,
    {{ time_of_call() }} as occurred_at,
    coalesce(loaded_at, received_at) as loaded_at,
    context_page_url as page_url,
    {{ quote_text(none) }} as referrer_url,
    {%- for field in utm_fields() %}
    {{ quote_text(none) }} as {{ field }},
    {%- endfor %}
    {{ quote_text(none) }} as user_agent
from {{ first_rows(tracks, 'id', 'received_at') }} as tracks
where context_page_url is not null and {{ is_a_browsers }}
{%- endmacro %}

{# Conversions made of events. A browser that shows the page after an order again sends it again, with
   another id: the first counts. Arguments: tracks and orders, relations; types, of events; order_value,
   revenue or total: the other one counts where it is absent. #}
{% macro tracked_conversions(tracks, orders, types, order_value) -%}
{%- set other_value = {'revenue': 'total', 'total': 'revenue'}[order_value] -%}
with

junk_ids as (

    select * from {{ rule('junk_ids') }}

),

tracks as (

    select
        id,
        anonymous_id,
        user_id,
        {{ time_of_call() }} as occurred_at,
        coalesce(loaded_at, received_at) as loaded_at,
        {{ mapped_value('event', types) | indent(8) }} as conversion_type
    from {{ first_rows(tracks, 'id', 'received_at') | indent(4) }} as tracks

),

orders as (

    select
        orders.id,
        {{ filled_in_id('orders.order_id') | indent(8) }} as order_id,
        coalesce(orders.{{ order_value }}, orders.{{ other_value }}) as order_value,
        orders.currency
    from {{ first_rows(
        orders, 'id', 'order_id, revenue, total, currency'
    ) | indent(4) }} as orders
    left join junk_ids
        on lower(orders.order_id) = junk_ids.junk_id

),

conversions as (

    select
        tracks.*,
        orders.order_id,
        coalesce(orders.order_id, tracks.id) as order_key,
        orders.order_value,
        orders.currency,
        case when orders.order_value is null then 1 else 0 end as lacks_value
    from tracks
    left join orders
        on tracks.id = orders.id
    where tracks.conversion_type is not null

),

ranked as (

    select
        conversions.*,
        {{ order_ranks(
            ['anonymous_id', 'user_id'], ['occurred_at', 'id'], ['order_value', 'currency']
        ) | indent(8) }}
    from conversions

),

final as (

    select
        id as conversion_id,
        anonymous_id as visitor_id,
        user_id,
        order_id,
        conversion_type,
        occurred_at as converted_at,
        first_order_value as value,
        first_currency as currency_code,
        loaded_at
    from ranked
    where order_id is null or order_rank = 1

)

select * from final
{%- endmacro %}
