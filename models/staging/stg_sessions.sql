-- Grain: one row per session.
-- Bots, internal traffic and sessions without consent are kept and flagged: they still link
-- identities and are counted.
{{ config(materialized='view') }}
with

sessions as (

    select * from {{ ref('assisted_conversions', 'base_latest_sessions') }}

),

final as (

    select * from sessions
    where
        not {{ is_erased(['visitor_key', 'user_key', 'email_key']) | indent(8) }}
        and not {{ leaves_with_its_person('session', 'session_id') }}

)

select * from final
