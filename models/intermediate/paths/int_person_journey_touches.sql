-- Grain: one row per conversion group and touch of a journey that led to no conversion, after path
-- rules, including journeys that may still convert. Of more touches than setting
-- `max_touches_per_path` the last ones are kept.
{{ config(
    materialized='incremental',
    incremental_strategy='changed_keys',
    unique_key='person_id',
    on_schema_change='sync_all_columns'
) }}
{%- set journey = 'conversion_group, person_id, journey_number' %}
with

touches as (

    select * from {{ ref('assisted_conversions', 'int_journey_candidates') }}

),

{% set rules = path_rule_steps('touches', journey) -%}
{% for rule in rules.steps -%}
{{ rule.name }} as (

    {{ rule.query | indent(4) }}

),

{% endfor -%}
numbered as (

    {{ numbered_touches(rules.last, journey) | indent(4) }}

),

{% set left_out = 'greatest(path_length - ' ~ setting('max_touches_per_path') ~ ', 0)' -%}
final as (

    select
        * {{ except_columns(['touch_position', 'path_length']) }},
        touch_position - {{ left_out }} as touch_position,
        path_length - {{ left_out }} as path_length
    from numbered
    where touch_position > {{ left_out }}

)

select * from final
