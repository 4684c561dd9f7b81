-- The package's conversion types, with those of this project in place of or beside them. Without the
-- optional columns of the package's table.
{%- set columns = 'conversion_type, conversion_class, lookback_days, dedupe_minutes, default_value' %}
with shipped as (
    select * from {{ ref('assisted_conversions', 'conversion_types') }}
),

own as (
    select * from {{ ref('extra_types') }}
)

select {{ columns }} from own
union all
select {{ columns }} from shipped
where conversion_type not in (select conversion_type from own)
