-- Grain: one row per order, and per goal that is a conversion.
{{ config(enabled=adapter_is_on('matomo')) }}
with

conversions as (

    select
        log_conversion.*,
        {{ mapped_value(
            ['cast(idgoal as ' ~ dbt.type_string() ~ ')'],
            adapter_setting('matomo', 'conversions'),
            quote_text(none)
        ) | indent(8) }} as conversion_type
    from {{ ref('assisted_conversions', 'base_matomo__log_conversion') }} as log_conversion
    where {{ is_of_matomo_sites() }}

),

visits as (

    select * from {{ ref('assisted_conversions', 'base_matomo__log_visit') }}

),

sites as (

    select * from {{ ref('assisted_conversions', 'base_matomo__site') }}

),

final as (

    select
        conversions.idvisit || ':' || cast(conversions.idgoal as {{ dbt.type_string() }})
        || ':' || conversions.buster as conversion_id,
        conversions.idvisitor as visitor_id,
        visits.user_id,
        conversions.idorder as order_id,
        conversions.conversion_type,
        conversions.server_time as converted_at,
        -- A goal without a value has the value 0 in Matomo; an order of 0 is one.
        case
            when conversions.idgoal = 0 then conversions.revenue
            else nullif(conversions.revenue, 0)
        end as value,
        sites.currency as currency_code,
        coalesce(conversions._fivetran_synced, conversions.server_time) as loaded_at
    from conversions
    left join visits
        on conversions.idvisit = visits.idvisit
    left join sites
        on conversions.idsite = sites.idsite
    where conversions.conversion_type is not null

)

select * from final
