{# Visits made of events that know theirs. A visit begins with its first page view, whose columns are
   the visit's; events without a page view are no visit: a tab that woke up, or a server. Arguments:
   events, a query with event_id, visitor_id, user_id, is_page_view, occurred_at, loaded_at and
   `landing_columns`, each event once; keys, the columns that tell visits apart; session_id, a column;
   landing_columns, a list; engaged_seconds, an aggregate.
   Example: visits_of_events(events, ['session_id'], 'session_id', ['page_url as landing_url'], '0') #}
{% macro visits_of_events(events, keys, session_id, landing_columns, engaged_seconds) -%}
{%- set key_list = keys | join(', ') -%}
with

events as (

    {{ events | trim | indent(4) }}

),

ranked as (

    select
        events.*,
        row_number() over (
            partition by {{ key_list }}
            order by case when is_page_view then 0 else 1 end, occurred_at, event_id
        ) as view_rank,
        row_number() over (
            partition by {{ key_list }}
            order by case when user_id is null then 1 else 0 end, occurred_at, event_id
        ) as user_rank
    from events

),

visits as (

    select
        {{ key_list }},
        max(case when user_rank = 1 then user_id end) as visit_user_id,
        min(occurred_at) as started_at,
        max(occurred_at) as ended_at,
        {{ engaged_seconds | indent(8) }} as engaged_seconds,
        count(case when is_page_view then 1 end) as page_views,
        max(loaded_at) as visit_loaded_at
    from ranked
    group by {{ key_list }}

),

final as (

    select
        landings.{{ session_id }} as session_id,
        landings.visitor_id,
        visits.visit_user_id as user_id,
        visits.started_at,
        visits.ended_at,
        visits.engaged_seconds,
        visits.page_views,
        {%- for column in landing_columns %}
        landings.{{ column }},
        {%- endfor %}
        visits.visit_loaded_at as loaded_at
    from visits
    inner join ranked as landings
        on
        {%- for key in keys %}
        {{ 'and ' if not loop.first }}visits.{{ key }} = landings.{{ key }}
        {%- endfor %}
        and landings.view_rank = 1
        and landings.is_page_view

)

select * from final
{%- endmacro %}
