-- Grain: one row per traffic_key: a distinct combination of the fields that decide the source and
-- channel of a session, an interaction or ad spend.
with

sessions as (

    select * from {{ ref('assisted_conversions', 'stg_sessions') }}

),

interactions as (

    select * from {{ ref('assisted_conversions', 'stg_interactions') }}

),

ad_spend as (

    select * from {{ ref('assisted_conversions', 'stg_ad_spend') }}

),

final as (

    select
        traffic_key,
        utm_source,
        utm_medium,
        utm_campaign,
        has_utm,
        click_parameters,
        referrer_host,
        cast(null as {{ dbt.type_string() }}) as interaction_type
    from sessions
    union distinct
    select
        traffic_key,
        utm_source,
        utm_medium,
        utm_campaign,
        has_utm,
        null as click_parameters,
        null as referrer_host,
        case when not has_utm then interaction_type end as interaction_type
    from interactions
    union distinct
    select
        traffic_key,
        utm_source,
        utm_medium,
        utm_campaign,
        true as has_utm,
        null as click_parameters,
        null as referrer_host,
        null as interaction_type
    from ad_spend

)

select * from final
