{# Visits made of events, for tools that tell no visits. A visit is what a browser does with no pause
   longer than some minutes; neither a new referrer nor a new campaign cuts it. Events without a page
   view are no visit: a tab that woke up. A visit has the id of its first page view, so that it
   keeps it however many events come later. Arguments: events, a query with event_id, visitor_id,
   user_id, is_page_view, occurred_at, loaded_at, page_url, referrer_url, utm fields and user_agent,
   each event once; minutes. Example: sessions_of_events('select * from events', 30) #}
{% macro sessions_of_events(events, minutes) -%}
with

events as (

    {{ events | indent(4) }}

),

with_pauses as (

    select
        events.*,
        {{ seconds_between(
            'lag(occurred_at) over (partition by visitor_id order by occurred_at, event_id)', 'occurred_at'
        ) }} as pause_seconds
    from events
    where visitor_id is not null

),

numbered as (

    select
        with_pauses.*,
        sum(case when pause_seconds <= {{ minutes }} * 60 then 0 else 1 end) over (
            partition by visitor_id
            order by occurred_at, event_id
            rows between unbounded preceding and current row
        ) as session_number
    from with_pauses

),

ranked as (

    select
        numbered.*,
        row_number() over (
            partition by visitor_id, session_number
            order by case when is_page_view then 0 else 1 end, occurred_at, event_id
        ) as view_rank,
        row_number() over (
            partition by visitor_id, session_number
            order by case when user_id is null then 1 else 0 end, occurred_at, event_id
        ) as user_rank
    from numbered

),

sessions as (

    select
        visitor_id,
        session_number,
        max(case when user_rank = 1 then user_id end) as user_id,
        min(occurred_at) as started_at,
        max(occurred_at) as ended_at,
        max(loaded_at) as loaded_at,
        count(case when is_page_view then 1 end) as page_views
    from ranked
    group by visitor_id, session_number

),

final as (

    select
        landings.event_id as session_id,
        sessions.visitor_id,
        sessions.user_id,
        sessions.started_at,
        sessions.ended_at,
        {{ seconds_between('sessions.started_at', 'sessions.ended_at') }} as engaged_seconds,
        sessions.page_views,
        landings.page_url as landing_url,
        landings.referrer_url,
        {% for field in utm_fields() -%}
        landings.{{ field }},
        {% endfor -%}
        landings.user_agent,
        sessions.loaded_at
    from sessions
    inner join ranked as landings
        on sessions.visitor_id = landings.visitor_id
        and sessions.session_number = landings.session_number
        and landings.view_rank = 1
        and landings.is_page_view

)

select * from final
{%- endmacro %}
