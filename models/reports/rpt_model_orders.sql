-- Grain: one row per conversion group that has journeys without conversion, and Markov order.
{{ config(enabled=is_switched_on('rpt_model_orders')) }}
with

orders as (

    select * from {{ ref('assisted_conversions', 'int_markov_orders') }}

),

final as (

    select
        conversion_group,
        markov_order,

        parameters,
        log_likelihood,
        bic,
        is_best,
        is_used
    from orders

)

select * from final
