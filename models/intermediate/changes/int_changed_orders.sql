-- Grain: one row per order (a conversion event without one stands alone) of which a row, or the
-- person of one of its keys, has changed since the last run; one that is no more as well.
with

conversions as (

    select * from {{ ref('stg_conversions') }}

),

changed_keys as (

    select identity_key from {{ changes_of(ref('int_identity_persons')) }}
    union
    select identity_key from {{ changes_of(ref('int_shared_keys')) }}

),

final as (

    select order_key from {{ changes_of(ref('stg_conversions')) }}
    {% for key in ['visitor_key', 'user_key', 'email_key'] -%}
    union
    select order_key from conversions
    where {{ key }} in (select changed_keys.identity_key from changed_keys)
    {% endfor %}
)

select * from final
