-- What: each row of tracking_plan names a field, a value and an owner, and ends after it begins.
-- Why: a row that nothing can match leaves planned traffic in audit_tracking_plan.
-- Resolve: correct the row in the seed tracking_plan, or in the table that replaces it.
with

tracking_plan as (

    select * from {{ rule('tracking_plan') }}

),

with_problem as (

    select
        field,
        value,
        case
            when field is null or field not in ('source', 'medium', 'campaign')
                then 'field is not source, medium or campaign'
            when value is null then 'value is missing'
            when owner is null then 'owner is missing'
            when valid_to < valid_from then 'valid_to is before valid_from'
        end as problem
    from tracking_plan

)

select * from with_problem
where problem is not null
