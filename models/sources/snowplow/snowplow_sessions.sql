-- Grain: one row per visit. Its consent is the last choice of the browser until it ended.
{{ config(enabled=adapter_is_on('snowplow'), materialized='table') }}
with

visits as (

    select * from {{ ref('assisted_conversions', 'base_snowplow__visits') }}

),

choices as (

    select
        user_identifier,
        event_id,
        derived_tstamp,
        {{ mapped_value(
            ['event_type'], adapter_setting('snowplow', 'consent_states'), quote_text(none)
        ) | indent(8) }} as consent_state
    from {{ ref('assisted_conversions', 'base_snowplow__snowplow_unified_consent_log') }}
    where event_name = 'consent_preferences'

),

last_choices as (

    select
        visits.session_id,
        choices.consent_state,
        row_number() over (
            partition by visits.session_id
            order by choices.derived_tstamp desc, choices.event_id desc
        ) as choice_rank
    from visits
    inner join choices
        on
            visits.visitor_id = choices.user_identifier
            and visits.ended_at >= choices.derived_tstamp

),

final as (

    select
        visits.*,
        last_choices.consent_state
    from visits
    left join last_choices
        on
            visits.session_id = last_choices.session_id
            and last_choices.choice_rank = 1

)

select * from final
