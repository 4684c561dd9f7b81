-- Grain: one row per person with a touch that may go on with another one.
-- Few persons have a return from a payment page or an e-mail click, and only their touches have to
-- be put in order.
{{ config(
    pre_hook="{{ assisted_conversions.keep_join_sides() }}",
    post_hook="{{ assisted_conversions.choose_join_sides() }}"
) }}
with

final as (

    select distinct person_id
    from {{ ref('assisted_conversions', 'int_person_touches') }}
    where
        is_return
        or touch_type = 'email_click'

)

select * from final
