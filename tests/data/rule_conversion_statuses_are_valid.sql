-- What: each spelling of a status is there once, in lower case, and means one of the four statuses.
-- Why: a status that cannot be looked up counts as confirmed, so a cancelled sale would be revenue.
-- Resolve: correct the row in the seed conversion_statuses, or in the table that replaces it.
with

conversion_statuses as (

    select
        *,
        count(*) over (partition by raw_status) as times
    from {{ rule('conversion_statuses') }}

),

with_problem as (

    select
        raw_status,
        status,
        case
            when raw_status is null or raw_status = '' then 'raw_status is missing'
            when times > 1 then 'raw_status is there more than once'
            when raw_status != lower(trim(raw_status))
                then 'raw_status is not lower case, or has spaces around it'
            when status is null or status not in ('confirmed', 'pending', 'cancelled', 'refunded')
                then 'status is not confirmed, pending, cancelled or refunded'
            when
                raw_status in ('confirmed', 'pending', 'cancelled', 'refunded')
                and raw_status != status
                then 'a status of our own keeps its meaning'
        end as problem
    from conversion_statuses

)

select * from with_problem
where problem is not null
