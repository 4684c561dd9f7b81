{{ config(materialized='view') }}

select * from {{ source('landing', 'web_visits') }}
