-- What: the conversion types in setting `journey_conversion_types`, and the channels in settings
--     `path_rules` and `removal_scenarios`, are in the rule tables.
-- Why: a misspelt name would silently switch its rule off.
-- Resolve: correct the name in dbt_project.yml or --vars, or add it to the rule table named here.
{%- set path_rules = setting('path_rules') %}
{%- set channels = path_rules.get('drop_if_other', []) + path_rules.get('drop_last_if_other', [])
    + (setting('removal_scenarios').values() | sum(start=[])) %}
with

names as (

    {% for channel in channels -%}
    select
        'channels' as rule_table,
        {{ quoted_list([channel]) }} as name
    union all
    {% endfor -%}
    {% for type in setting('journey_conversion_types') -%}
    select
        'conversion_types' as rule_table,
        {{ quoted_list([type]) }} as name
    union all
    {% endfor -%}
    select
        'channels' as rule_table,
        'Direct' as name

),

known_names as (

    select
        'channels' as rule_table,
        channel as name
    from {{ rule('channels') }}
    union all
    select
        'conversion_types' as rule_table,
        conversion_type as name
    from {{ rule('conversion_types') }}

)

select
    names.rule_table,
    names.name
from names
left join known_names
    on
        names.rule_table = known_names.rule_table
        and names.name = known_names.name
where known_names.name is null
