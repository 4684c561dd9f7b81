-- Grain: one row per conversion group and landing page that a search showed.
{{ config(enabled=adapter_is_on('search_console')) }}
with

pages as (

    select * from {{ ref('assisted_conversions', 'search_console_pages') }}

),

touches as (

    select * from {{ ref('assisted_conversions', 'fct_conversion_touches') }}
    where channel = 'Organic Search'

),

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

roles as (

    select
        conversion_key,
        landing_page,
        {{ role_flags('touches') | indent(8) }}
    from touches
    group by conversion_key, landing_page

),

page_roles as (

    select
        conversion_groups.conversion_group,
        roles.landing_page,
        count(*) as conversions,
        count(case when roles.is_assist then 1 end) as assisted_conversions,
        count(case when roles.is_last then 1 end) as last_conversions,
        {{ sum_of_amounts(
            'case when roles.is_assist then conversions.conversion_value else 0 end'
        ) }} as assisted_value,
        {{ sum_of_amounts(
            'case when roles.is_last then conversions.conversion_value else 0 end'
        ) }} as last_value
    from roles
    inner join conversions
        on roles.conversion_key = conversions.conversion_key
    inner join conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type
    group by conversion_groups.conversion_group, roles.landing_page
    having {{ enough_persons('conversions.person_id') }}

),

group_names as (

    select distinct conversion_group
    from conversion_groups

),

final as (

    select
        group_names.conversion_group,
        pages.landing_page,
        pages.clicks,
        pages.impressions,
        pages.top_query,
        pages.anonymized_share,
        pages.first_date,
        pages.last_date,
        {%- for column in [
            'conversions', 'assisted_conversions', 'last_conversions', 'assisted_value', 'last_value'
        ] %}
        {%- if setting('min_group_size') > 1 %}
        page_roles.{{ column }}
        {%- else %}
        coalesce(page_roles.{{ column }}, 0) as {{ column }}
        {%- endif %}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from pages
    cross join group_names
    left join page_roles
        on group_names.conversion_group = page_roles.conversion_group
        and pages.landing_page = page_roles.landing_page

)

select * from final
