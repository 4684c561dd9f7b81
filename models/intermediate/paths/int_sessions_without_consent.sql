-- Grain: one row per session of a person that lack of consent keeps from being a touchpoint.
{%- set lacks_consent = "consent_state != 'granted'" if setting('require_consent')
    else "consent_state = 'denied'" %}
with

touches as (

    select * from {{ ref('assisted_conversions', 'int_identified_touches') }}
    where touch_type = 'session'

),

final as (

    select
        touchpoint_id,
        person_id,
        device_type,
        country,
        consent_state = 'denied' as is_denied,
        touched_at
    from touches
    where
        {{ lacks_consent }}
        and not is_bot
        and not is_internal

)

select * from final
