-- Grain: one row per conversion and touchpoint on its path, after path rules.
-- A part of fct_conversion_touches, which holds these touches for all others to read.
{{ config(materialized='ephemeral') }}
with

candidates as (

    select * from {{ ref('assisted_conversions', 'int_path_candidates') }}
    where {{ is_changed('person_id', of='fct_conversion_touches') }}

),

{% set rules = path_rule_steps('candidates', 'conversion_key') -%}
{% for rule in rules.steps -%}
{{ rule.name }} as (

    {{ rule.query | indent(4) }}

),

{% endfor -%}
final as (

    {{ numbered_touches(rules.last, 'conversion_key') | indent(4) }}

)

select * from final
