-- Grain: one row per distinct combination of the fields that decide a touch's source and channel.
--
-- The rules run once per row of this table, so their cost grows with the combinations in use and
-- not with the sessions.
with

sessions as (

    select * from {{ ref('stg_sessions') }}

),

interactions as (

    select * from {{ ref('stg_interactions') }}

),

ad_spend as (

    select * from {{ ref('stg_ad_spend') }}

),

session_traffic as (

    select
        utm_source,
        utm_medium,
        utm_campaign,
        coalesce(utm_source, utm_medium, utm_campaign, utm_content, utm_term)
        is not null as has_utm,
        click_parameters,
        referrer_host,
        cast(null as {{ dbt.type_string() }}) as interaction_type
    from sessions

),

-- A campaign alone does not say where an interaction came from, but its type does.
interaction_traffic as (

    select
        utm_source,
        utm_medium,
        utm_campaign,
        coalesce(utm_source, utm_medium) is not null as has_utm,
        null as click_parameters,
        null as referrer_host,
        case when coalesce(utm_source, utm_medium) is null then interaction_type end
            as interaction_type
    from interactions

),

-- Spend gets its channel by the same rules, so that it meets the touches that it paid for.
ad_spend_traffic as (

    select
        utm_source,
        utm_medium,
        utm_campaign,
        true as has_utm,
        null as click_parameters,
        null as referrer_host,
        null as interaction_type
    from ad_spend

),

final as (

    select * from session_traffic
    union distinct
    select * from interaction_traffic
    union distinct
    select * from ad_spend_traffic

)

select * from final
