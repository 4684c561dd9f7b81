-- Grain: one row per conversion type, combination of segments that a conversion has, and channel.
-- Plain sums over fct_assisted_conversions, for reports to add up.
{{ config(schema='intermediate') }}
with

assisted as (

    select * from {{ ref('assisted_conversions', 'fct_assisted_conversions') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}

),

segmented as (

    select
        assisted.*,
        {%- for column in segment_columns() %}
        conversions.{{ column }}{{ ',' if not loop.last }}
        {%- endfor %}
    from assisted
    inner join conversions
        on assisted.conversion_key = conversions.conversion_key

),

final as (

    {{ role_sums(
        'segmented', ['conversion_type'] + segment_columns() + ['channel']
    ) | indent(4) }}

)

select * from final
