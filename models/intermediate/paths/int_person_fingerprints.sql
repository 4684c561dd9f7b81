-- Grain: one row per person.
-- A checksum of everything that a person's paths and facts are made from. Persons whose checksum
-- has changed since the last complete run are rebuilt, the others are not read.
{{ config(
    materialized='incremental',
    incremental_strategy=assisted_conversions.replace_strategy(),
    unique_key='person_id',
    pre_hook="{{ assisted_conversions.keep_join_sides() }}",
    post_hook="{{ assisted_conversions.choose_join_sides() }}"
) }}
with

touches as (

    select * from {{ ref('assisted_conversions', 'int_identified_touches') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'int_conversion_events') }}

),

traffic as (

    select
        traffic_key,
        {{ row_hash([
            'channel', 'source', 'medium', 'campaign', 'traffic_evidence', 'has_excluded_referrer',
        ]) }} as traffic_hash
    from {{ ref('assisted_conversions', 'int_traffic_sources') }}

),

conversion_stages as (

    {% for key in ['conversion_key', 'order_id'] -%}
    select
        conversions.person_id,
        {{ row_hash(['conversions.conversion_key', 'stages.stage', 'stages.entered_at']) }}
            as row_hash
    from conversions
    inner join {{ ref('assisted_conversions', 'stg_crm_stages') }} as stages
        on conversions.{{ key }} = stages.{{ key }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

row_hashes as (

    select
        touches.person_id,
        {{ row_hash(['touches.touch_hash', 'traffic.traffic_hash']) }} as row_hash
    from touches
    left join traffic
        on touches.traffic_key = traffic.traffic_key
    union all
    select
        person_id,
        {{ row_hash([
            'conversion_key', 'conversion_id', 'source_system', 'order_id', 'kept_conversion_key',
            'conversion_type', 'status', 'conversion_value', 'first_converted_at',
        ] + segment_attributes()) }} as row_hash
    from conversions
    union all
    select
        person_id,
        row_hash
    from conversion_stages

),

-- These rules apply to all persons.
fingerprints as (

    select
        person_id,
        {{ row_hash([
            rows_checksum(['row_hash']),
            "'" ~ rules_fingerprint() ~ "'",
            rule_checksum('conversion_types', [
                'conversion_type', 'conversion_class', 'lookback_days', 'dedupe_minutes',
            ]),
            rule_checksum('channels', ['channel', 'funnel_stage', 'is_paid', 'is_direct']),
            rule_checksum('interaction_types', ['interaction_type', 'is_view']),
            engine_version(),
        ]) }} as fingerprint
    from row_hashes
    group by person_id

),

final as (

    {{ noted_changes('fingerprints', 'person_id') | indent(4) }}

)

select * from final
