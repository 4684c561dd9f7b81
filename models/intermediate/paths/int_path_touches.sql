-- Grain: one row per conversion and touchpoint on its path, after path rules.
-- Read by fct_conversion_touches, which holds the same touches for all others.
{{ config(materialized='view') }}
with

candidates as (

    select * from {{ ref('assisted_conversions', 'int_path_candidates') }}

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
