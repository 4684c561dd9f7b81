{# Visits made of events, for tools that tell no visits. A visit is what a browser does with no pause
   longer than some minutes; neither a new referrer nor a new campaign cuts it. It has the id of its
   first page view, so that it keeps it however many events come later. Arguments: events and
   landing_columns as of `visits_of_events`; minutes.
   Example: sessions_of_events('select * from events', 30, utm_fields()) #}
{% macro sessions_of_events(events, minutes, landing_columns) -%}
    {%- set numbered -%}
        select
            with_pauses.*,
            sum(case when pause_seconds <= {{ minutes }} * 60 then 0 else 1 end) over (
                partition by visitor_id
                order by occurred_at, event_id
                rows between unbounded preceding and current row
            ) as session_number
        from (
            select
                events.*,
                {{ seconds_between(
                    'lag(occurred_at) over (partition by visitor_id order by occurred_at, event_id)',
                    'occurred_at'
                ) | indent(16) }} as pause_seconds
            from (
                {{ events | trim | indent(16) }}
            ) as events
            where visitor_id is not null
        ) as with_pauses
    {%- endset -%}
    {{ visits_of_events(
        numbered,
        ['visitor_id', 'session_number'],
        'event_id',
        landing_columns,
        seconds_between('min(occurred_at)', 'max(occurred_at)')
    ) }}
{%- endmacro %}
