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
        traffic_evidence,
        click_parameter,
        referrer_host,
        is_own_site,
        cast(null as {{ dbt.type_string() }}) as interaction_type
    from sessions
    union distinct
    select
        traffic_key,
        utm_source,
        utm_medium,
        utm_campaign,
        case when has_utm then 'utm' end as traffic_evidence,
        null as click_parameter,
        null as referrer_host,
        false as is_own_site,
        case when not has_utm then interaction_type end as interaction_type
    from interactions
    union distinct
    select
        traffic_key,
        utm_source,
        utm_medium,
        utm_campaign,
        'utm' as traffic_evidence,
        null as click_parameter,
        null as referrer_host,
        false as is_own_site,
        null as interaction_type
    from ad_spend

)

select * from final
