-- Grain: one row per day from the first to the last one of conversions, touches and spend.
-- MetricFlow compares and accumulates over days, so it needs those without any row too.
{{ config(enabled=setting('semantic_layer')) }}
with

days_with_rows as (

    select conversion_date as date_day
    from {{ ref('assisted_conversions', 'fct_conversions') }}
    union distinct
    select spend_date as date_day
    from {{ ref('assisted_conversions', 'fct_ad_spend_daily') }}
    union distinct
    select cast(touched_at as date) as date_day
    from {{ ref('assisted_conversions', 'fct_touchpoints') }}

),

bounds as (

    select
        min(date_day) as first_day,
        max(date_day) as last_day
    from days_with_rows

),

-- A hundred years.
numbers as (

    select generated_number - 1 as days_later
    from ({{ dbt_utils.generate_series(36525) | indent(4) }}) as numbers

),

days as (

    select
        {{ later_date('bounds.first_day', 'numbers.days_later') }} as date_day,
        bounds.last_day
    from bounds
    cross join numbers

),

final as (

    select date_day
    from days
    where date_day <= last_day

)

select * from final
