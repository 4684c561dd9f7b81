-- Grain: one row per usable raw row of a session that came more than once.
-- The row to keep has duplicate_rank 1: the one loaded last. The order names every column that is
-- used later, so the choice does not depend on the order of the raw rows.
{{ config(materialized='table') }}
with

-- Two ids may have one number, so these are at least the repeated ones.
repeated_numbers as (

    select session_number
    from {{ ref('assisted_conversions', 'base_sessions_parsed') }}
    group by session_number
    having count(*) > 1

),

repeated_rows as (

    select sessions.*
    from {{ ref('assisted_conversions', 'base_sessions_parsed') }} as sessions
    inner join repeated_numbers
        on sessions.session_number = repeated_numbers.session_number

),

sessions as (

    select
        *,
        {{ is_erased(['visitor_key', 'user_key', 'email_key']) | indent(8) }} as is_erased
    from repeated_rows
    where reject_reason is null

),

final as (

    select
        sessions.*,
        row_number() over (
            partition by sessions.session_id
            order by
                sessions.loaded_at desc,
                sessions.started_at desc,
                {%- for column in [
                    'visitor_key', 'user_key', 'email_key', 'landing_page', 'referrer_host',
                    'utm_source', 'utm_medium', 'utm_campaign', 'utm_content', 'utm_term',
                    'click_parameter', 'click_key', 'is_own_site', 'device_type', 'country',
                    'consent_state', 'ended_at', 'engaged_seconds', 'page_views', 'is_bot',
                    'is_internal'
                ] %}
                sessions.{{ column }} nulls last{{ ',' if not loop.last }}
                {%- endfor %}
        ) as duplicate_rank,
        {{ other_rows(['sessions.session_id'], 'sessions.is_erased') | indent(8) }} as removed_duplicates
    from sessions

)

select * from final
