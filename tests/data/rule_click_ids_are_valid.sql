-- What: each click id has an order and a parameter of its own, implies a source and a medium in
--     lower case, and says whether only paid clicks carry it.
-- Why: the first click id in this order decides; a parameter that is there twice would double the
--     touch.
-- Resolve: correct the row in the seed click_ids, or in the table that replaces it.
with

click_ids as (

    select
        *,
        count(*) over (partition by click_order) as times_of_order,
        count(*) over (partition by parameter) as times_of_parameter
    from {{ rule('click_ids') }}

),

with_problem as (

    select
        click_order,
        parameter,
        case
            when click_order is null then 'click_order is missing'
            when not coalesce({{ regexp_full_match('parameter', "'[A-Za-z0-9_.-]+'") }}, false)
                then 'parameter is missing, or has other characters'
            when times_of_order > 1 then 'click_order is there more than once'
            when times_of_parameter > 1 then 'parameter is there more than once'
            when source is null then 'source is missing'
            when medium is null then 'medium is missing'
            when is_paid is null then 'is_paid is missing'
            when source != lower(trim(source)) or medium != lower(trim(medium))
                then 'source or medium is not lower case, or has spaces around it'
        end as problem
    from click_ids

)

select * from with_problem
where problem is not null
