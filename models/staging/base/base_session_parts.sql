-- Grain: one row per part of raw sessions: a file of a folder of files, else a day of loading.
-- base_sessions_parsed reads only the parts that have changed since the last complete run.
{{ config(
    materialized='incremental',
    incremental_strategy=assisted_conversions.replace_strategy(),
    unique_key='raw_part'
) }}
with

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

final as (

    {{ noted_changes('fingerprints', 'raw_part') | indent(4) }}

)

select * from final
