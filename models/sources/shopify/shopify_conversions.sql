-- Grain: one row per order that is no test.
{{ config(enabled=adapter_is_on('shopify')) }}
{% set time_zone = adapter_setting('shopify', 'time_zone') -%}
{% set value -%}
greatest(orders.total_price, coalesce(orders.current_total_price, orders.total_price))
{%- endset -%}
with

orders as (

    {{ latest_versions(
        ref('assisted_conversions', 'base_shopify__order'),
        'id', 'updated_at', ['_fivetran_synced desc', 'financial_status', 'total_price']
    ) | indent(4) }}

),

transactions as (

    {{ latest_versions(
        ref('assisted_conversions', 'base_shopify__transaction'),
        'id', '_fivetran_synced', ['status', 'amount']
    ) | indent(4) }}

),

customers as (

    select * from {{ ref('assisted_conversions', 'base_shopify__customer') }}

),

order_transactions as (

    select
        orders.id as order_id,
        lower(transactions.kind) as kind,
        transactions.amount,
        coalesce(transactions.currency != orders.currency, false) as is_foreign,
        transactions._fivetran_synced as loaded_at
    from transactions
    inner join orders
        on transactions.order_id = orders.id
    where
        lower(transactions.status) = 'success'
        and not coalesce(transactions.test, false)

),

-- Authorizations and captures are steps of one payment: no transaction is a sale of its own.
transaction_sums as (

    select
        order_id,
        sum(case when kind = 'refund' and not is_foreign then amount end) as refunded,
        sum(case when kind = 'refund' and is_foreign then amount end) as refunded_foreign,
        sum(case when kind in ('sale', 'capture') and is_foreign then amount end) as paid_foreign,
        max(loaded_at) as loaded_at
    from order_transactions
    group by order_id

),

order_facts as (

    select
        orders.*,
        coalesce(orders.processed_at, orders.created_at) as placed_at,
        {{ value }} as value,
        coalesce(orders.current_total_price, orders.total_price) as value_left,
        -- At the rate at which the order was paid, whatever it is when the money goes back.
        coalesce(transaction_sums.refunded, 0) + coalesce({{ amount_of_double(
            as_double('transaction_sums.refunded_foreign')
            ~ ' / ' ~ as_double('nullif(transaction_sums.paid_foreign, 0)')
            ~ ' * ' ~ as_double(value),
            amount_type()
        ) }}, 0) as paid_back,
        transaction_sums.loaded_at
    from orders
    left join transaction_sums
        on orders.id = transaction_sums.order_id
    where not coalesce(orders.test, false)

),

final as (

    select
        order_facts.id as conversion_id,
        order_facts.customer_id as user_id,
        coalesce(order_facts.email, customers.email) as email,
        order_facts.{{ adapter_setting('shopify', 'order_id_column') }} as order_id,
        {{ text_literal(adapter_setting('shopify', 'conversion_type')) }} as conversion_type,
        {{ from_local_time('order_facts.placed_at', time_zone) | indent(8) }} as converted_at,
        order_facts.value,
        order_facts.currency as currency_code,
        case
            when order_facts.cancelled_at is not null then 'cancelled'
            else lower(order_facts.financial_status)
        end as status,
        cast(greatest(
            order_facts.paid_back,
            case lower(order_facts.financial_status)
                when 'refunded' then order_facts.value
                else order_facts.value - order_facts.value_left
            end
        ) as {{ amount_type() }}) as refunded_value,
        {{ from_local_time('order_facts.updated_at', time_zone) | indent(8) }} as updated_at,
        greatest(
            order_facts._fivetran_synced,
            coalesce(order_facts.loaded_at, order_facts._fivetran_synced)
        ) as loaded_at
    from order_facts
    left join customers
        on order_facts.customer_id = customers.id

)

select * from final
