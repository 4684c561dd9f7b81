-- Grain: one row per conversion group and model of single touches that covers all of it.
-- A group has a model if each of its types with paths has it, since a total over some of the types
-- would be taken for the whole. Markov has the types of groups with journeys without conversion.
with

performance as (

    select * from {{ ref('assisted_conversions', 'fct_channel_performance_daily') }}
    where channel != '(unattributed)'

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

journey_groups as (

    select * from {{ ref('assisted_conversions', 'int_journey_groups') }}

),

types_with_paths as (

    select distinct conversion_type
    from performance

),

type_models as (

    {% for model in touch_models() -%}
    select
        conversion_type,
        '{{ model }}' as attribution_model
    from types_with_paths
    {%- if model == 'markov_touch' %}
    where conversion_type in (select journey_groups.conversion_type from journey_groups)
    {%- endif %}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

group_models as (

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

with_types_of_group as (

    select
        *,
        max(types) over (partition by conversion_group) as types_with_paths
    from group_models

),

final as (

    select
        conversion_group,
        attribution_model
    from with_types_of_group
    where types = types_with_paths

)

select * from final
