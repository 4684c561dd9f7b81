-- Grain: one row per conversion and touchpoint on its path, after path rules.
{{ config(materialized='view') }}
with

candidates as (

    select * from {{ ref('int_path_candidates') }}
    where {{ is_changed('conversion_key', 'int_changed_conversions', 'conversion_key') }}

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
