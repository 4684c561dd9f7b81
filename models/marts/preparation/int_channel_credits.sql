-- Grain: one row per conversion and channel on its path.
-- The credits of the rule models, a channel's touches added up.
{{ config(schema='intermediate') }}
{{ rebuilt_by('conversion_hash', changed_hashes(
    'conversion_hash', 'int_changed_conversions', 'conversion_key'
)) }}
with

touches as (

    select * from {{ ref('assisted_conversions', 'fct_conversion_touches') }}
    where {{ is_changed('conversion_key', 'int_changed_conversions', 'conversion_key') }}

),

-- By numbers: texts take longer to group and to write.
final as (

    select
        {{ row_hash(['conversion_key']) }} as conversion_hash,
        {{ row_hash(['channel']) }} as channel_hash,
        {%- for model in rule_models() %}
        sum(credit_{{ model }}) as credit_{{ model }}{{ ',' if not loop.last }}
        {%- endfor %}
    from touches
    group by
        {{ row_hash(['conversion_key']) }},
        {{ row_hash(['channel']) }}

)

select * from final
