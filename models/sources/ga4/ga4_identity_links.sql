-- Grain: one row per visitor and the user who was logged in.
{{ config(enabled=adapter_is_on('ga4')) }}
{%- set text = dbt.type_string() %}
with

events as (

    select * from {{ ref('assisted_conversions', 'ga4_events') }}
    where user_pseudo_id is not null
        and user_id is not null

),

links as (

    select
        user_pseudo_id,
        user_id,
        cast(min(event_timestamp) as {{ text }}) as first_timestamp
    from events
    group by user_pseudo_id, user_id

),

final as (

    select
        'visitor' as left_type,
        user_pseudo_id as left_id,
        'user' as right_type,
        user_id as right_id,
        {{ time_of_digits('first_timestamp') }} as linked_at
    from links

)

select * from final
