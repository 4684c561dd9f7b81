-- The package's conversion types, with those of this project in place of or beside them.
with shipped as (
    select * from {{ ref('assisted_conversions', 'conversion_types') }}
),

own as (
    select * from {{ ref('extra_types') }}
)

select * from own
union all by name
select * from shipped
where conversion_type not in (select conversion_type from own)
