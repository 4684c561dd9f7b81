-- Grain: one row per event, with its properties as columns.
{{ config(enabled=adapter_is_on('posthog')) }}
with

events as (

    select * from {{ first_rows(
        ref('assisted_conversions', 'base_posthog__events'), 'uuid', 'loaded_at, occurred_at'
    ) | indent(4) }} as exported

),

final as (

    select
        uuid,
        event,
        distinct_id,
        {%- for name, path in {
            'session_id': ['$session_id'],
            'device_id': ['$device_id'],
            'anonymous_id': ['$anon_distinct_id'],
            'is_identified': ['$is_identified'],
            'alias': ['alias'],
            'email': ['$set', 'email'],
            'page_url': ['$current_url'],
            'referrer': ['$referrer'],
            'entry_referrer': ['$session_entry_referrer'],
            'device_type': ['$device_type'],
            'country': ['$geoip_country_code'],
            'user_agent': ['$raw_user_agent'],
            'order_id': [adapter_setting('posthog', 'order_property')],
            'order_value': [adapter_setting('posthog', 'value_property')],
            'currency': [adapter_setting('posthog', 'currency_property')],
        }.items() %}
        {{ trimmed_text(json_field('properties', path)) | indent(8) }} as {{ name }},
        {%- endfor %}
        occurred_at,
        loaded_at
    from events

)

select * from final
