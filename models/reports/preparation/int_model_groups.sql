-- Grain: one row per conversion group and attribution model that costs are divided by.
-- A group has the models that credit all of its types; without any path, the rule models.
{{ config(schema='intermediate') }}
with

touch_model_groups as (

    select * from {{ ref('assisted_conversions', 'int_touch_model_groups') }}

),

performance as (

    select * from {{ ref('assisted_conversions', 'fct_channel_performance_daily') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

-- Before the first conversion, spend stands under all macro conversions.
groups_due as (

    select '(all macro)' as conversion_group
    union distinct
    select conversion_groups.conversion_group
    from performance
    inner join conversion_groups
        on performance.conversion_type = conversion_groups.conversion_type

),

rule_groups as (

    {% for model in rule_models() -%}
        select
            conversion_group,
            '{{ model }}' as attribution_model
        from groups_due
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

final as (

    select
        conversion_group,
        attribution_model
    from touch_model_groups
    union distinct
    select
        conversion_group,
        attribution_model
    from rule_groups

)

select * from final
