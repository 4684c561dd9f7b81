-- Grain: one row per month, ad platform and conversion type for which the platform makes a claim.
with

claims as (

    select * from {{ ref('assisted_conversions', 'stg_platform_claims') }}

),

platforms as (

    select * from {{ rule('platforms') }}

),

roles as (

    select * from {{ ref('assisted_conversions', 'fct_assisted_conversions_by_campaign') }}

),

claimed as (

    select
        {{ month_name('claim_date') }} as month,
        platform,
        conversion_type,
        sum(claimed_conversions) as claimed_conversions,
        {{ sum_of_amounts('claimed_value') }} as claimed_value
    from claims
    group by
        {{ month_name('claim_date') }},
        platform,
        conversion_type

),

traffic as (

    select distinct
        source,
        channel
    from roles

),

-- Whose claims a source and channel is about.
platform_traffic as (

    select distinct
        lower(platforms.platform) as platform,
        traffic.source,
        traffic.channel
    from traffic
    inner join platforms
        on {{ override_matches('traffic.source', 'platforms.source_pattern') }}
        and (platforms.channel is null or traffic.channel = platforms.channel)
    where lower(platforms.platform) in (select lower(claimed.platform) as platform from claimed)

),

-- A conversion counts once for a platform, whichever of its campaigns it met.
platform_roles as (

    select
        roles.conversion_key,
        roles.conversion_type,
        {{ month_name('roles.conversion_date') }} as month,
        platform_traffic.platform,
        max(case when roles.is_last then 1 else 0 end) as is_last,
        max(case when roles.is_assist then 1 else 0 end) as is_assist
    from roles
    inner join platform_traffic
        on
            roles.source = platform_traffic.source
            and roles.channel = platform_traffic.channel
    group by
        roles.conversion_key,
        roles.conversion_type,
        {{ month_name('roles.conversion_date') }},
        platform_traffic.platform

),

verified as (

    select
        month,
        platform,
        conversion_type,
        count(*) as conversions,
        sum(is_last) as last_conversions,
        sum(is_assist) as assisted_conversions
    from platform_roles
    group by
        month,
        platform,
        conversion_type

),

known_platforms as (

    select distinct lower(platform) as platform
    from platforms

),

final as (

    select
        claimed.month,
        claimed.platform,
        claimed.conversion_type,

        claimed.claimed_conversions,
        claimed.claimed_value,
        {%- for measure in ['last_conversions', 'assisted_conversions', 'conversions'] %}
        case
            when known_platforms.platform is not null
                then cast(coalesce(verified.{{ measure }}, 0) as bigint)
        end as {{ measure }},
        {%- endfor %}
        {{ ratio('claimed.claimed_conversions', 'verified.conversions') }} as over_claim_ratio
    from claimed
    left join known_platforms
        on lower(claimed.platform) = known_platforms.platform
    left join verified
        on
            claimed.month = verified.month
            and lower(claimed.platform) = verified.platform
            and claimed.conversion_type = verified.conversion_type

)

select * from final
