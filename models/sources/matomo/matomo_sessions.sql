-- Grain: one row per visit.
{{ config(enabled=adapter_is_on('matomo')) }}
with

visits as (

    select * from {{ ref('assisted_conversions', 'base_matomo__log_visit') }}
    where {{ is_of_matomo_sites() }}

),

pages as (

    select
        idaction,
        case url_prefix
            when 0 then 'http://'
            when 1 then 'http://www.'
            when 2 then 'https://'
            when 3 then 'https://www.'
            else ''
        end || name as page_url
    from {{ ref('assisted_conversions', 'base_matomo__log_action') }}

),

final as (

    select
        visits.idvisit as session_id,
        visits.idvisitor as visitor_id,
        visits.user_id,
        visits.visit_first_action_time as started_at,
        visits.visit_last_action_time as ended_at,
        visits.visit_total_time as engaged_seconds,
        pages.page_url as landing_url,
        visits.referer_url as referrer_url,
        visits.campaign_source as utm_source,
        visits.campaign_medium as utm_medium,
        -- Without the plugin, Matomo itself keeps the campaign and its keyword.
        coalesce(
            visits.campaign_name,
            case when visits.referer_type = 6 then visits.referer_name end
        ) as utm_campaign,
        visits.campaign_content as utm_content,
        coalesce(
            visits.campaign_keyword,
            case when visits.referer_type = 6 then visits.referer_keyword end
        ) as utm_term,
        -- Smartphones, feature phones and phablets are phones.
        case
            when visits.config_device_type = 0 then 'desktop'
            when visits.config_device_type in (1, 3, 10) then 'mobile'
            when visits.config_device_type = 2 then 'tablet'
            when visits.config_device_type is not null then 'other'
        end as device_type,
        nullif(visits.location_country, 'xx') as country,
        coalesce(visits._fivetran_synced, visits.visit_last_action_time) as loaded_at
    from visits
    left join pages
        on visits.visit_entry_idaction_url = pages.idaction

)

select * from final
