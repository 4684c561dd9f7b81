-- Grain: one row per conversion that counts, with its lookback windows.
with

events as (

    select * from {{ ref('assisted_conversions', 'int_conversion_events') }}

),

excluded_conversions as (

    select * from {{ ref('assisted_conversions', 'int_excluded_conversions') }}

),

conversion_types as (

    select * from {{ rule('conversion_types') }}

),

dated as (

    select
        events.conversion_key,
        events.conversion_id,
        events.source_system,
        events.order_id,
        events.person_id,

        events.conversion_type,
        conversion_types.conversion_class,
        {% for column in segment_attributes() -%}
        events.{{ column }},
        {% endfor %}

        events.conversion_value,
        conversion_types.lookback_days,

        events.first_converted_at as converted_at,
        {{ reporting_date('events.first_converted_at') }} as conversion_date,
        {{ setting('view_lookback_days') }} as view_lookback_days
    from events
    inner join conversion_types
        on events.conversion_type = conversion_types.conversion_type
    left join excluded_conversions
        on events.conversion_key = excluded_conversions.conversion_key
    where excluded_conversions.conversion_key is null

),

final as (

    select
        conversion_key,
        conversion_id,
        source_system,
        order_id,
        person_id,
        conversion_type,
        conversion_class,
        {% for column in segment_attributes() -%}
        {{ column }},
        {% endfor -%}
        conversion_value,
        lookback_days,
        converted_at,
        conversion_date,
        {{ window_opens_at('converted_at', 'conversion_date', 'lookback_days') }}
            as window_opens_at,
        {{ window_opens_at('converted_at', 'conversion_date', 'view_lookback_days') }}
            as view_window_opens_at
    from dated

)

select * from final
