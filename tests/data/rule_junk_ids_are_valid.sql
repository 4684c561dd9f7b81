-- What: each junk id is there once, in lower case.
-- Why: ids are compared in lower case; a value written otherwise would be taken for a person.
-- Resolve: correct the row in the seed junk_ids, or in the table that replaces it.
with

junk_ids as (

    select
        *,
        count(*) over (partition by junk_id) as times
    from {{ rule('junk_ids') }}

),

with_problem as (

    select
        junk_id,
        case
            when junk_id is null or junk_id = '' then 'junk_id is missing'
            when times > 1 then 'junk_id is there more than once'
            when junk_id != lower(trim(junk_id))
                then 'junk_id is not lower case, or has spaces around it'
        end as problem
    from junk_ids

)

select * from with_problem
where problem is not null
