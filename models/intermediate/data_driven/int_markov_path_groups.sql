-- Grain: one row per conversion group that has journeys without conversion, and kind of journey in
-- it.
-- With the order of the group's chain: a window of channels is cut to it by the remainder of a
-- division by `state_limit`.
{{ config(materialized='view', enabled=setting('data_driven')) }}
with

path_groups as (

    select * from {{ ref('assisted_conversions', 'int_path_groups') }}

),

markov_orders as (

    select * from {{ ref('assisted_conversions', 'int_markov_orders') }}
    where is_used

),

final as (

    select
        path_groups.conversion_group,
        path_groups.journey_type,
        path_groups.is_converting,
        markov_orders.markov_order,
        cast(pow(32768, markov_orders.markov_order) as bigint) as state_limit
    from path_groups
    inner join markov_orders
        on path_groups.conversion_group = markov_orders.conversion_group

)

select * from final
