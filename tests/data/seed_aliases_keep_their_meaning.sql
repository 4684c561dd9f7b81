-- What: an alias leads to a standard source in one step, and a source that the list knows itself
--     leads to one of the same category.
-- Why: aliases are applied once, and must not move a source to another channel.
-- Resolve: point the alias at the standard source, or take it out.
with

source_aliases as (

    select * from {{ ref('assisted_conversions', 'source_aliases') }}

),

listed_sources as (

    select
        lower(source) as source,
        category
    from {{ ref('assisted_conversions', 'source_categories') }}
    union all
    select
        lower(source) as source,
        category
    from {{ ref('assisted_conversions', 'source_categories_supplement') }}

)

select
    source_aliases.alias,
    source_aliases.source,
    alias_categories.category as alias_category,
    source_categories.category as source_category
from source_aliases
left join source_aliases as next_aliases
    on source_aliases.source = next_aliases.alias
left join listed_sources as alias_categories
    on source_aliases.alias = alias_categories.source
left join listed_sources as source_categories
    on source_aliases.source = source_categories.source
where
    next_aliases.alias is not null
    or (
        alias_categories.category is not null
        and alias_categories.category is distinct from source_categories.category
    )
