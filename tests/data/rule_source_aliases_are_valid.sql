-- What: each alias is there once, in lower case, and leads to a standard source in one step; an
--     alias that the source list has itself leads to a source of the same category.
-- Why: tags are in lower case when they are looked up. Aliases are applied once, and must not
--     move a source to another channel.
-- Resolve: point the alias at the standard source, or remove it, in the seed source_aliases or in
--     the table that replaces it.
with

source_aliases as (

    select
        *,
        count(*) over (partition by alias) as times
    from {{ rule('source_aliases') }}

),

listed_sources as (

    select
        lower(source) as source,
        category
    from {{ rule('source_categories') }}
    union all
    select
        lower(source) as source,
        category
    from {{ rule('source_categories_supplement') }}

),

next_aliases as (

    select distinct alias
    from source_aliases

),

with_problem as (

    select
        source_aliases.alias,
        source_aliases.source,
        case
            when source_aliases.alias is null then 'alias is missing'
            when source_aliases.source is null then 'source is missing'
            when source_aliases.times > 1 then 'alias is there more than once'
            when source_aliases.alias != lower(trim(source_aliases.alias))
                then 'alias is not lower case, or has spaces around it'
            when source_aliases.source != lower(trim(source_aliases.source))
                then 'source is not lower case, or has spaces around it'
            when next_aliases.alias is not null then 'source is an alias itself'
            when
                alias_categories.category is not null
                and alias_categories.category != coalesce(source_categories.category, '')
                then 'source has another category than alias'
        end as problem
    from source_aliases
    left join next_aliases
        on source_aliases.source = next_aliases.alias
    left join listed_sources as alias_categories
        on source_aliases.alias = alias_categories.source
    left join listed_sources as source_categories
        on source_aliases.source = source_categories.source

)

select * from with_problem
where problem is not null
