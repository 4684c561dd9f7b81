-- Grain: one row per day and conversion type.
-- Reddit reports one conversion under several event types, as custom_event_1 and custom. Of those that
-- a conversion type lists, the first counts that the campaign has on the day.
{{ config(enabled=adapter_is_on('reddit_ads')) }}
{%- set events = adapter_setting('reddit_ads', 'conversion_events') %}
with

report as (

    {{ latest_versions(
        ref('assisted_conversions', 'base_reddit_ads__campaign_conversions_report'),
        ['campaign_id', 'account_id', 'date', 'event_name'],
        '_fivetran_synced',
        ['clicks', 'views', 'total_value']
    ) | indent(4) }}

),

accounts as (

    {{ latest_versions(
        ref('assisted_conversions', 'base_reddit_ads__business_account'),
        'id',
        '_fivetran_synced',
        ['currency']
    ) | indent(4) }}

),

listed as (

    {% for conversion_type, event_names in events.items() -%}
    {%- set first = loop.first -%}
    {%- for event_name in event_names -%}
    {{ 'union all' if not (first and loop.first) }}
    select
        '{{ conversion_type }}' as conversion_type,
        {{ text_literal(event_name | lower) }} as event_name,
        {{ loop.index }} as choice
    {% endfor -%}
    {%- else -%}
    select
        cast(null as {{ dbt.type_string() }}) as conversion_type,
        cast(null as {{ dbt.type_string() }}) as event_name,
        1 as choice
    {%- endfor %}

),

counted as (

    select
        date,
        campaign_id,
        account_id,
        lower(event_name) as event_name,
        sum(
            coalesce(clicks, click_through_conversion_attribution_window_month, 0)
            + coalesce(views, view_through_conversion_attribution_window_month, 0)
        ) as conversions,
        {{ sum_of_amounts('total_value') }} as conversions_value
    from report
    group by
        date,
        campaign_id,
        account_id,
        lower(event_name)

),

-- An event type with nothing on the day gives way to the next.
ranked as (

    select
        counted.*,
        listed.conversion_type,
        row_number() over (
            partition by counted.date, counted.account_id, counted.campaign_id, listed.conversion_type
            order by listed.choice
        ) as choice_rank
    from counted
    inner join listed
        on counted.event_name = listed.event_name
    where counted.conversions != 0

),

final as (

    select
        ranked.date as claim_date,
        'reddit' as platform,
        ranked.conversion_type,
        sum(ranked.conversions) as claimed_conversions,
        {{ sum_of_amounts(
            claimed_in_reporting_currency('ranked.conversions_value', 'accounts.currency')
        ) }} as claimed_value
    from ranked
    left join accounts
        on ranked.account_id = accounts.id
    where ranked.choice_rank = 1
    group by
        ranked.date,
        ranked.conversion_type
    having sum(ranked.conversions) != 0

)

select * from final
