-- What: each interaction type is there once, in lower case, and says whether it is a view; all
--     types that the raw table interactions may have are there.
-- Why: an interaction whose type is missing here would count as no view, whatever it is; one whose
--     type is there twice would be two touches.
-- Resolve: correct or add the row in the seed interaction_types, or in the table that replaces
--     it.
{%- set declared = raw_declaration('interactions').columns
    | selectattr('name', 'equalto', 'interaction_type') | map(attribute='meta')
    | map(attribute='allowed') | first if execute else [''] %}
with

declared_types as (

    {% for type in declared -%}
    select '{{ type }}' as declared_type
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

interaction_types as (

    select
        *,
        count(*) over (partition by interaction_type) as times
    from {{ rule('interaction_types') }}

),

with_problem as (

    select
        coalesce(types.interaction_type, declared_types.declared_type) as interaction_type,
        case
            when types.interaction_type is null and declared_types.declared_type is null
                then 'interaction_type is missing'
            when types.interaction_type is null then 'a declared interaction_type is missing'
            when types.times > 1 then 'interaction_type is there more than once'
            when types.interaction_type != lower(trim(types.interaction_type))
                then 'interaction_type is not lower case, or has spaces around it'
            when types.is_view is null then 'is_view is missing'
            when types.medium != lower(trim(types.medium))
                then 'medium is not lower case, or has spaces around it'
        end as problem
    from interaction_types as types
    full join declared_types
        on types.interaction_type = declared_types.declared_type

)

select * from with_problem
where problem is not null
{# With --empty no table has rows. #}
{{ 'limit 0' if flags.EMPTY }}
