-- Grain: one row per payment, or per subscription where renewals do not count.
{{ config(enabled=adapter_is_on('stripe')) }}
{% set order_id_key = adapter_setting('stripe', 'order_id_key') -%}
{% set refunded = 'greatest(coalesce(ranked.amount_refunded, 0), coalesce(refunds.amount, 0))' -%}
with

charges as (

    {{ latest_versions(
        ref('assisted_conversions', 'base_stripe__charge'),
        'id', '_fivetran_synced', ['status', 'amount_refunded desc']
    ) | indent(4) }}

),

invoices as (

    select * from {{ ref('assisted_conversions', 'base_stripe__invoice') }}

),

payment_intents as (

    select * from {{ ref('assisted_conversions', 'base_stripe__payment_intent') }}
    where status = 'canceled'

),

customers as (

    select * from {{ ref('assisted_conversions', 'base_stripe__customer') }}

),

refunds as (

    select
        charge_id,
        cast(sum(amount) as {{ amount_type() }}) as amount,
        max(_fivetran_synced) as loaded_at
    from ({{ latest_versions(
        ref('assisted_conversions', 'base_stripe__refund'),
        'id', '_fivetran_synced', ['status', 'amount']
    ) | indent(4) }}) as refunds
    where coalesce(status, 'succeeded') in ('succeeded', 'pending')
    group by charge_id

),

-- A dispute in another currency, that of the bank, takes the whole payment.
lost_disputes as (

    select
        charges.id as charge_id,
        cast(sum(case
            when disputes.currency = charges.currency then disputes.amount
            else charges.amount
        end) as {{ amount_type() }}) as amount,
        max(disputes._fivetran_synced) as loaded_at
    from ({{ latest_versions(
        ref('assisted_conversions', 'base_stripe__dispute'),
        'id', '_fivetran_synced', ['status', 'amount']
    ) | indent(4) }}) as disputes
    inner join charges
        on disputes.charge_id = charges.id
    where disputes.status = 'lost'
    group by charges.id

),

-- One payment is several charges where some failed. What follows the first payment of a
-- subscription is its renewal: the first invoice of a trial has no charge, and so the reasons that
-- invoices state do not tell.
attempts as (

    select
        charges.id,
        charges.customer_id,
        coalesce(charges.receipt_email, charges.billing_detail_email) as email,
        charges.metadata,
        charges.amount,
        charges.amount_refunded,
        case
            when charges.captured then charges.amount - charges.amount_captured
        end as amount_released,
        charges.currency,
        -- Amounts count the smallest unit. The lists are those of docs.stripe.com/currencies: ISK
        -- and UGX, which lost their decimals, keep two there.
        cast(case
            when lower(charges.currency) in (
                'bif', 'clp', 'djf', 'gnf', 'jpy', 'kmf', 'krw', 'mga', 'pyg', 'rwf', 'vnd', 'vuv',
                'xaf', 'xof', 'xpf'
            ) then 1
            when lower(charges.currency) in ('bhd', 'jod', 'kwd', 'omr', 'tnd') then 0.001
            else 0.01
        end as {{ exact_type(4, 3) }}) as smallest_unit,
        charges.created,
        charges._fivetran_synced,
        coalesce(
            {% if not adapter_setting('stripe', 'count_renewals') -%}
                invoices.subscription_id,
            {% endif -%}
            charges.payment_intent_id,
            charges.id
        ) as payment_id,
        case
            when charges.status = 'succeeded' and not coalesce(charges.captured, true)
                then case
                    when charges.refunded or payment_intents.id is not null then 'cancelled'
                    else 'requires_capture'
                end
            else charges.status
        end as payment_status
    from charges
    left join invoices
        on charges.invoice_id = invoices.id
    left join payment_intents
        on charges.payment_intent_id = payment_intents.id
    where coalesce(charges.livemode, true)

),

ranked as (

    select
        *,
        row_number() over (
            partition by payment_id
            order by
                case payment_status
                    when 'succeeded' then 1
                    when 'requires_capture' then 2
                    when 'pending' then 2
                    else 3
                end,
                created,
                id
        ) as attempt_number
    from attempts

),

final as (

    select
        ranked.payment_id as conversion_id,
        ranked.customer_id as user_id,
        coalesce(ranked.email, customers.email) as email,
        {{ trimmed_text(json_field('ranked.metadata', [order_id_key])) | indent(8) }} as order_id,
        {{ text_literal(adapter_setting('stripe', 'conversion_type')) }} as conversion_type,
        ranked.created as converted_at,
        cast(ranked.amount * ranked.smallest_unit as {{ amount_type() }}) as value,
        ranked.currency as currency_code,
        ranked.payment_status as status,
        cast(ranked.smallest_unit * least(
            ranked.amount,
            coalesce(lost_disputes.amount, 0)
            -- Stripe's versions before 2025-03-31 report what a capture left as refunded, later
            -- ones do not: less than that is a refund of its own.
            + case
                when {{ refunded }} < ranked.amount_released
                    then {{ refunded }} + ranked.amount_released
                else {{ refunded }}
            end
        ) as {{ amount_type() }}) as refunded_value,
        greatest(
            ranked._fivetran_synced,
            coalesce(refunds.loaded_at, ranked._fivetran_synced),
            coalesce(lost_disputes.loaded_at, ranked._fivetran_synced)
        ) as loaded_at
    from ranked
    left join customers
        on ranked.customer_id = customers.id
    left join refunds
        on ranked.id = refunds.charge_id
    left join lost_disputes
        on ranked.id = lost_disputes.charge_id
    where ranked.attempt_number = 1 or ranked.payment_id is null

)

select * from final
