-- Grain: one row per touch of the sheet. A day or a time that cannot be read gives a touch without
-- a time, which staging rejects, so that it is listed.
{{ config(enabled=adapter_is_on('offline_sheet'), materialized='table') }}
{%- set text = dbt.type_string() -%}
{%- set time_zone = adapter_setting('offline_sheet', 'time_zone')
    or setting('reporting_timezone') -%}
{%- set key = [] -%}
{%- for column in ['clock', 'email', 'user_id', 'visitor_id', 'source', 'medium', 'campaign'] -%}
    {%- do key.append("coalesce(touches." ~ column ~ ", '')") -%}
{%- endfor %}
with

touches as (

    select * from {{ ref('assisted_conversions', 'base_offline_sheet__touches') }}

),

with_days as (

    select
        *,
        {{ read_timestamp('day', 'day', text) | indent(8) }} as day_begins_at,
        -- Sheets leave out the first zero of 9:30.
        case when substr(clock, 2, 1) = ':' then '0' || clock else clock end as full_clock
    from touches

),

with_times as (

    select
        *,
        cast(cast(day_begins_at as date) as {{ text }}) || ' ' || coalesce(full_clock, '00:00')
            as local_time
    from with_days

),

with_local_times as (

    select
        *,
        -- What has a time in the place of its day is not guessed at.
        case
            when day_begins_at = cast(cast(day_begins_at as date) as {{ timestamp_type() }})
                then {{ read_timestamp('local_time', 'local_time', text) | indent(16) }}
        end as happened_at
    from with_times

),

final as (

    select
        -- The day and the kind in plain text say where in the sheet a rejected row is.
        coalesce(
            touches.id,
            coalesce(touches.day, '') || ' ' || coalesce(touches.kind, '') || ' ' || {{ salted_hash(
                key | join(" || '|' || ")
            ) }}
        ) as interaction_id,
        touches.visitor_id,
        touches.user_id,
        touches.email,
        {{ from_local_time('touches.happened_at', time_zone) | indent(8) }} as touched_at,
        touches.kind as interaction_type,
        touches.source as utm_source,
        touches.medium as utm_medium,
        touches.campaign as utm_campaign,
        touches._fivetran_synced as loaded_at
    from with_local_times as touches

)

select * from final
