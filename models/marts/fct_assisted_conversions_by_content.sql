-- Grain: one row per conversion, content level and value of that level on its path.
-- Touches without a value, such as calls, which have no landing page, count under the value null.
{{ config(
    materialized='incremental',
    incremental_strategy=assisted_conversions.changed_keys_strategy(),
    pre_hook="{{ assisted_conversions.delete_changed_keys('person_id') }}",
    on_schema_change='append_new_columns'
) }}
{%- set levels = {
    'landing_page': 'landing_page',
    'content': 'content',
    'term': 'term',
    'source_medium': "source || ' / ' || medium",
    'funnel_stage': 'funnel_stage',
    'touch_type': 'touch_type',
} %}
with

conversions as (

    select * from {{ ref('assisted_conversions', 'int_conversions') }}
    where {{ is_changed('person_id') }}

),

-- Each level reads the table itself and is grouped alone. Otherwise DuckDB would write all rows to
-- memory, of an import that is read twice as well as of one group by for all levels.
roles as (

    {%- for level, value in levels.items() %}
    select
        touches.conversion_key,
        '{{ level }}' as level,
        {{ value }} as value,
        {{ role_flags('touches') | indent(8) }}
    from {{ ref('assisted_conversions', 'fct_conversion_touches') }} as touches
    where {{ is_changed('person_id') }}
    group by
        touches.conversion_key,
        {{ value }}
    {{ 'union all' if not loop.last }}
    {%- endfor %}

),

final as (

    select
        roles.conversion_key,
        conversions.conversion_type,
        conversions.conversion_class,
        conversions.converted_at,
        conversions.conversion_date,
        roles.level,
        roles.value,

        {{ role_columns('roles', 'conversions') | indent(8) }},

        conversions.person_id
    from roles
    inner join conversions
        on roles.conversion_key = conversions.conversion_key

)

select * from final
