-- Grain: one row per part of raw sessions: a file of a folder of files, else a day of loading.
-- base_sessions_parsed reads only the parts that have changed since the last complete run.
{{ config(
    materialized='incremental',
    incremental_strategy=assisted_conversions.replace_strategy(),
    unique_key='raw_part'
) }}
{%- set read_sessions = stored_model('base_sessions_parsed') if execute %}
with

erasure_requests as (

    select * from {{ ref('assisted_conversions', 'stg_erasure_requests') }}

),

parts as (

    {{ parts_of_raw_table(raw_relation('sessions'), 'sessions') | indent(4) }}

),

-- These rules decide how every session is read, so a change of one changes every part.
fingerprints as (

    select
        raw_part,
        {{ row_hash([
            'checksum',
            "'" ~ rules_fingerprint() ~ declaration_fingerprint('sessions') ~ "'",
            rule_checksum('junk_ids', ['junk_id']),
            rule_checksum('bot_patterns', ['pattern']),
            rule_checksum('campaign_parameters', ['parameter', 'field', 'parameter_order']),
            rule_checksum('click_ids', ['click_order', 'parameter', 'is_paid']),
            rule_checksum('medium_aliases', ['alias', 'medium']),
            salted_hash("'salt'"),
            engine_version(),
        ]) }} as fingerprint
    from parts

),

{% if builds_in_part('base_sessions_parsed') -%}
-- Parts that were read when other identities were to be erased: they hold the key of one that is to be
-- erased by now, or what stands in for one that no longer is.
with_other_erasures as (

    {% for key in ['visitor_key', 'user_key', 'email_key'] -%}
    select sessions.raw_part
    from {{ read_sessions }} as sessions
    inner join erasure_requests
        on {{ row_hash(['sessions.' ~ key]) }} = erasure_requests.identity_number
    union all
    select sessions.raw_part
    from {{ read_sessions }} as sessions
    left join erasure_requests
        on sessions.{{ key }} = erasure_requests.identity_key
    where
        {{ is_erased(['sessions.' ~ key]) | indent(8) }}
        and erasure_requests.identity_key is null
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

{% endif -%}
final as (

    {{ noted_changes(
        'fingerprints',
        'raw_part',
        'with_other_erasures' if builds_in_part('base_sessions_parsed')
    ) | indent(4) }}

)

select * from final
