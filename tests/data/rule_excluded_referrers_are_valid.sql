-- What: each excluded referrer is there once, as a host in lower case without scheme, port and
--     path.
-- Why: hosts are compared as they are staged; one written otherwise would exclude nothing.
-- Resolve: correct the row in the seed excluded_referrers, or in the table that replaces it.
with

excluded_referrers as (

    select
        *,
        count(*) over (partition by referrer_host) as times
    from {{ rule('excluded_referrers') }}

),

with_problem as (

    select
        referrer_host,
        case
            when referrer_host is null or referrer_host = '' then 'referrer_host is missing'
            when times > 1 then 'referrer_host is there more than once'
            when referrer_host != lower(replace(replace(trim(referrer_host), '/', ''), ':', ''))
                then 'referrer_host is not a host in lower case'
        end as problem
    from excluded_referrers

)

select * from with_problem
where problem is not null
