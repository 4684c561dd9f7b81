-- Grain: one row per day on which raw sessions were loaded.
-- base_sessions_parsed reads only the days that have changed since the last complete run.
{{ config(
    materialized='incremental',
    incremental_strategy='delete+insert',
    unique_key='loaded_on'
) }}
with

days as (

    {{ days_of_loading(raw_relation('sessions'), 'sessions') | indent(4) }}

),

-- These rules decide how every session is read, so a change of one changes every day.
fingerprints as (

    select
        loaded_on,
        {{ row_hash([
            'checksum',
            "'" ~ rules_fingerprint() ~ "'",
            rule_checksum('junk_ids', ['junk_id']),
            rule_checksum('bot_patterns', ['pattern']),
            rule_checksum('campaign_parameters', ['parameter', 'field', 'parameter_order']),
            rule_checksum('click_ids', ['click_order', 'parameter', 'is_paid']),
            rule_checksum('medium_aliases', ['alias', 'medium']),
            salted_hash("'salt'"),
            engine_version(),
        ]) }} as fingerprint
    from days

),

final as (

    {{ noted_changes('fingerprints', 'loaded_on') | indent(4) }}

)

select * from final
