-- Grain: one row per call from outside that somebody answered. Calls that are no leads, or tagged
-- as spam or tests, are no touches.
{{ config(enabled=adapter_is_on('callrail')) }}
with

calls as (

    select * from {{ ref('assisted_conversions', 'base_callrail__calls') }}

),

click_ids as (

    select * from {{ rule('click_ids') }}

),

-- Before anything is left out: a call may become spam long after it was loaded.
latest as (

    {{ latest_versions(
        'calls', 'id', '_airbyte_extracted_at', ['lead_status', 'tags', 'answered']
    ) | indent(4) }}

),

with_ids as (

    select
        *,
        {{ regexp_first('ga', "'^(?:GA[0-9][.][0-9-]+[.])?([0-9]+[.][0-9]+)$'", 1) }} as visitor_id,
        case
            when gclid is not null then 'gclid'
            when msclkid is not null then 'msclkid'
            when fbclid is not null then 'fbclid'
        end as click_parameter
    from latest

),

final as (

    select
        calls.id as interaction_id,
        calls.visitor_id,
        calls.start_time as touched_at,
        'call' as interaction_type,
        coalesce(calls.utm_source, click_ids.source, calls.source) as utm_source,
        coalesce(calls.utm_medium, click_ids.medium) as utm_medium,
        calls.utm_campaign,
        calls.utm_content,
        calls.utm_term,
        calls._airbyte_extracted_at as loaded_at
    from with_ids as calls
    left join click_ids
        on calls.click_parameter = click_ids.parameter
    where
        calls.direction = 'inbound'
        {%- if not adapter_setting('callrail', 'missed_calls') %}
        and calls.answered
        {%- endif %}
        and coalesce(calls.lead_status, '') != 'not_a_lead'
        {%- for tag in adapter_setting('callrail', 'left_out_tags') %}
        and not coalesce(
            {{ text_contains('lower(calls.tags)', text_literal('"' ~ tag | lower ~ '"')) }},
            false
        )
        {%- endfor %}

)

select * from final
