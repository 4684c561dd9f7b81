{{ config(materialized='table') }}

select * from {{ source('landing', 'orders_of_all_shops') }}
