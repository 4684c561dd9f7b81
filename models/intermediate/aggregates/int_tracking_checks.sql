-- Grain: one row per day and check of the tracking: rows looked at, and rows that have the problem.
-- A rejected row counts on the day it was loaded, all others on their own day. Not counted: what an
-- erased person had on a shared device.
{%- set late_after = setting('late_after_hours') * 3600 %}
{%- set checks = [
    ('direct', 'touches', "channel = 'Direct'", 'true'),
    ('unassigned', 'touches', "channel = 'Unassigned'", 'true'),
    ('conflicting_tags', 'sessions', 'has_conflicting_tags', 'is_human'),
    ('unfilled_templates', 'sessions', 'has_template', 'is_human'),
    ('paid_clicks_without_tags', 'sessions', 'is_paid_click_without_tags', 'is_human'),
    ('excluded_referrers', 'sessions', 'has_excluded_referrer', 'is_human'),
    ('rejected_rows', 'raw_rows', 'is_affected', 'true'),
    ('late_rows', 'event_rows', 'is_affected', 'true'),
] %}
{%- set loaded_at = {
    'sessions': 'loaded_at',
    'conversions': 'coalesce(loaded_at, converted_at)',
    'interactions': 'coalesce(loaded_at, touched_at)',
    'ad_spend': 'loaded_at',
    'ad_clicks': 'loaded_at',
} %}
with

erased_rows as (

    select * from {{ ref('assisted_conversions', 'int_erased_rows') }}

),

traffic_problems as (

    select * from {{ ref('assisted_conversions', 'int_traffic_problems') }}

),

ignored_values as (

    select
        session_id,
        {{ unnested('ignored_values') }} as ignored_value
    from {{ ref('assisted_conversions', 'base_sessions_parsed') }}
    {{ unnest_join('ignored_values') }}
    where
        ignored_values is not null
        and reject_reason is null

),

unfilled_sessions as (

    select distinct session_id
    from ignored_values
    where {{ struct_field('ignored_value', 'column_name') }} in ({{ quoted_list(utm_fields()) }})

),

session_counts as (

    select
        {{ reporting_date('sessions.started_at') }} as touch_date,
        sessions.traffic_key,
        not sessions.is_bot and not sessions.is_internal as is_human,
        unfilled_sessions.session_id is not null as has_template,
        sessions.loaded_at > {{ add_seconds('sessions.started_at', late_after) }} as is_late,
        count(*) as row_count
    from {{ ref('assisted_conversions', 'stg_sessions') }} as sessions
    left join unfilled_sessions
        on sessions.session_id = unfilled_sessions.session_id
    where sessions.session_id not in (
        select erased_rows.row_id
        from erased_rows
        where erased_rows.row_type = 'session'
    )
    group by touch_date, sessions.traffic_key, is_human, has_template, is_late

),

sessions as (

    select
        session_counts.*,
        traffic_problems.has_conflicting_tags,
        traffic_problems.is_paid_click_without_tags,
        traffic_problems.has_excluded_referrer
    from session_counts
    inner join traffic_problems
        on session_counts.traffic_key = traffic_problems.traffic_key

),

touches as (

    select
        {{ reporting_date('touched_at') }} as touch_date,
        channel,
        count(*) as row_count
    from {{ ref('assisted_conversions', 'int_touchpoints') }}
    group by touch_date, channel

),

raw_rows as (

    {% for table in raw_table_names() -%}
    {%- set loaded = loaded_at.get(table, 'cast(null as ' ~ dbt.type_timestamp() ~ ')') -%}
    select
        {{ reporting_date(loaded) }} as touch_date,
        reject_reason is not null as is_affected,
        count(*) as row_count
    from {{ base_relation(table) }}
    group by touch_date, is_affected
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

event_rows as (

    {% for row_type, key, moment in [
        ('interaction', 'interaction_id', 'touched_at'),
        ('conversion', 'conversion_key', 'converted_at'),
    ] -%}
    select
        {{ reporting_date('events.' ~ moment) }} as touch_date,
        events.loaded_at > {{ add_seconds('events.' ~ moment, late_after) }} as is_affected,
        count(*) as row_count
    from {{ ref('assisted_conversions', 'stg_' ~ row_type ~ 's') }} as events
    where events.{{ key }} not in (
        select erased_rows.row_id
        from erased_rows
        where erased_rows.row_type = '{{ row_type }}'
    )
    group by touch_date, is_affected
    union all
    {% endfor -%}
    select
        touch_date,
        is_late as is_affected,
        row_count
    from session_counts

),

final as (

    {% for check_name, rows, is_affected, is_looked_at in checks -%}
    select
        touch_date,
        '{{ check_name }}' as check_name,
        cast(sum(row_count) as bigint) as row_count,
        cast(sum(case when {{ is_affected }} then row_count else 0 end) as bigint)
            as affected_count
    from {{ rows }}
    where {{ is_looked_at }}
    group by touch_date
    {{ 'union all' if not loop.last }}
    {% endfor %}

)

select * from final
