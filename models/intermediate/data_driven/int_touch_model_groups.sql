-- Grain: one row per conversion group and model of row-level credits that speaks for all of it.
-- A group has a model if each of its types with paths has it: Markov covers none but those with
-- journeys, and a total over a part would pass for the whole.
with

paths as (

    select * from {{ ref('assisted_conversions', 'int_distinct_paths') }}

),

weights as (

    select * from {{ ref('assisted_conversions', 'int_data_driven_weights') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

types_with_paths as (

    select distinct journey_type as conversion_type
    from paths
    where is_converting

),

type_models as (

    {% for model in rule_models() -%}
    select
        conversion_type,
        '{{ model }}' as attribution_model
    from types_with_paths
    union all
    {% endfor -%}
    select distinct
        weights.conversion_type,
        weights.attribution_model
    from weights
    inner join types_with_paths
        on weights.conversion_type = types_with_paths.conversion_type

),

counted as (

    select
        conversion_groups.conversion_group,
        type_models.attribution_model,
        count(*) as types
    from type_models
    inner join conversion_groups
        on type_models.conversion_type = conversion_groups.conversion_type
    group by
        conversion_groups.conversion_group,
        type_models.attribution_model

),

final as (

    select
        conversion_group,
        attribution_model
    from (
        select
            *,
            max(types) over (partition by conversion_group) as types_with_paths
        from counted
    ) as compared
    where types = types_with_paths

)

select * from final
