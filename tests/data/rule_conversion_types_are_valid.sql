-- What: each conversion type is there once, in lower case, with a class, a lookback window of 1
--     to 365 days and a span for repeats of 0 minutes or more.
-- Why: conversions of a type that is missing here are rejected, and a type that is there twice
--     doubles them.
-- Resolve: correct the row in the seed conversion_types, or in the table that replaces it.
with

conversion_types as (

    select
        *,
        count(*) over (partition by conversion_type) as times
    from {{ rule('conversion_types') }}

),

with_problem as (

    select
        conversion_type,
        case
            when conversion_type is null then 'conversion_type is missing'
            when times > 1 then 'conversion_type is there more than once'
            when conversion_type != lower(trim(conversion_type)) or conversion_type = ''
                then 'conversion_type is not lower case, or has spaces around it'
            when left(conversion_type, 1) = '(' then 'names in parentheses are those of groups'
            when coalesce(conversion_class, '') not in ('macro', 'micro')
                then 'conversion_class is neither macro nor micro'
            when coalesce(lookback_days, 0) not between 1 and 365
                then 'lookback_days is not between 1 and 365'
            when coalesce(dedupe_minutes, -1) < 0 then 'dedupe_minutes is missing or negative'
        end as problem
    from conversion_types

)

select * from with_problem
where problem is not null
