{{ config(materialized='incremental', unique_key='order_id') }}

select
    order_id,
    country,
    ordered_at,
    amount,
    amount >= {{ var('large_order') }} as is_large
from {{ ref('shop_orders') }}
{% if is_incremental() %}
where ordered_at > (select max(ordered_at) from {{ this }})
{% endif %}
