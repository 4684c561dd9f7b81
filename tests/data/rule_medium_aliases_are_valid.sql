-- What: each medium alias is there once, in lower case, and leads to a medium in one step.
-- Why: tags are in lower case when they are looked up, and aliases are applied once. One that is
--     there twice would double every touch of the medium.
-- Resolve: correct the row in the seed medium_aliases, or in the table that replaces it.
with

medium_aliases as (

    select
        *,
        count(*) over (partition by alias) as times
    from {{ rule('medium_aliases') }}

),

next_aliases as (

    select distinct alias
    from medium_aliases

),

with_problem as (

    select
        medium_aliases.alias,
        medium_aliases.medium,
        case
            when medium_aliases.alias is null then 'alias is missing'
            when medium_aliases.medium is null then 'medium is missing'
            when medium_aliases.times > 1 then 'alias is there more than once'
            when medium_aliases.alias != lower(trim(medium_aliases.alias))
                then 'alias is not lower case, or has spaces around it'
            when medium_aliases.medium != lower(trim(medium_aliases.medium))
                then 'medium is not lower case, or has spaces around it'
            when next_aliases.alias is not null then 'medium is an alias itself'
        end as problem
    from medium_aliases
    left join next_aliases
        on medium_aliases.medium = next_aliases.alias

)

select * from with_problem
where problem is not null
