-- What: names in settings that stand in no seed: conversion types in journey_conversion_types,
--       channels in path_rules and removal_scenarios.
-- Why: a misspelt name would switch its rule off without a word.
-- Resolve: correct the name in dbt_project.yml or --vars, or add it to the seed named here.
{% set channels = setting('path_rules').get('drop_if_other', [])
    + setting('path_rules').get('drop_last_if_other', []) -%}
{% set channels = channels + (setting('removal_scenarios').values() | sum(start=[])) -%}
with

named as (

    {% for channel in channels -%}
    select
        'channels' as seed,
        {{ quoted_list([channel]) }} as name
    union all
    {% endfor -%}
    {% for type in setting('journey_conversion_types') -%}
    select
        'conversion_types' as seed,
        {{ quoted_list([type]) }} as name
    union all
    {% endfor -%}
    select
        'channels' as seed,
        'Direct' as name

),

known as (

    select
        'channels' as seed,
        channel as name
    from {{ ref('assisted_conversions', 'channels') }}
    union all
    select
        'conversion_types' as seed,
        conversion_type as name
    from {{ ref('assisted_conversions', 'conversion_types') }}

)

select
    named.seed,
    named.name
from named
left join known
    on
        named.seed = known.seed
        and named.name = known.name
where known.name is null
