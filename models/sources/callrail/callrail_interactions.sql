-- Grain: one row per call from outside that somebody answered. Calls that are no leads, or tagged
-- as spam or tests, are no touches.
{{ config(enabled=adapter_is_on('callrail')) }}
with

calls as (

    select * from {{ ref('assisted_conversions', 'base_callrail__calls') }}

),

-- Before anything is left out: a call may become spam long after it was loaded.
latest as (

    select
        *,
        row_number() over (
            partition by id
            order by _airbyte_extracted_at desc nulls last
        ) as state_rank
    from calls

),

final as (

    select
        id as interaction_id,
        {{ regexp_first('ga', "'^(?:GA[0-9][.][0-9-]+[.])?([0-9]+[.][0-9]+)$'", 1) }} as visitor_id,
        start_time as touched_at,
        'call' as interaction_type,
        coalesce(utm_source, source) as utm_source,
        utm_medium,
        utm_campaign,
        utm_content,
        utm_term,
        _airbyte_extracted_at as loaded_at
    from latest
    where
        state_rank = 1
        and direction = 'inbound'
        {%- if not adapter_setting('callrail', 'missed_calls') %}
        and answered
        {%- endif %}
        and coalesce(lead_status, '') != 'not_a_lead'
        {%- for tag in adapter_setting('callrail', 'left_out_tags') %}
        and not coalesce(
            {{ text_contains('lower(tags)', text_literal('"' ~ tag | lower ~ '"')) }},
            false
        )
        {%- endfor %}

)

select * from final
