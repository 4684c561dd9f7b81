{{ config(materialized='table') }}

select
    country,
    count(*) as orders,
    sum(amount) as amount
from {{ ref('orders') }}
group by country
