-- Grain: one row per day and conversion type.
-- Meta reports one conversion under several action types. Of those that a conversion type lists, the
-- first counts that the ad has on the day.
{{ config(enabled=adapter_is_on('meta')) }}
{%- set actions = adapter_setting('meta', 'conversion_actions') %}
{%- set measure = {
    'default': 'value', '1d_view': '_1_d_view', '7d_click': '_7_d_click', '28d_click': '_28_d_click'
}[adapter_setting('meta', 'attribution_window')] %}
with

actions as (

    select * from {{ ref('assisted_conversions', 'base_meta__basic_ad_actions') }}

),

action_values as (

    select * from {{ ref('assisted_conversions', 'base_meta__basic_ad_action_values') }}

),

-- Ads that are gone have their account here alone.
accounts_of_ads as (

    select
        ad_id,
        max(account_id) as account_id
    from {{ ref('assisted_conversions', 'base_meta__basic_ad') }}
    group by ad_id

),

ads as (

    select * from {{ ref('assisted_conversions', 'base_meta__ads') }}

),

accounts as (

    select * from {{ ref('assisted_conversions', 'base_meta__accounts') }}

),

listed as (

    {% for conversion_type, action_types in actions.items() -%}
    {%- set first = loop.first -%}
    {%- for action_type in action_types -%}
    {{ 'union all' if not (first and loop.first) }}
    select
        '{{ conversion_type }}' as conversion_type,
        {{ text_literal(action_type | lower) }} as action_type,
        {{ loop.index }} as choice
    {% endfor -%}
    {%- else -%}
    select
        cast(null as {{ dbt.type_string() }}) as conversion_type,
        cast(null as {{ dbt.type_string() }}) as action_type,
        1 as choice
    {%- endfor %}

),

counted as (

    select
        ad_id,
        date,
        lower(action_type) as action_type,
        coalesce(sum({{ measure }}), 0) as conversions
    from actions
    group by
        ad_id,
        date,
        lower(action_type)

),

valued as (

    select
        ad_id,
        date,
        lower(action_type) as action_type,
        {{ sum_of_amounts(measure) }} as conversions_value
    from action_values
    group by
        ad_id,
        date,
        lower(action_type)

),

ranked as (

    select
        counted.ad_id,
        counted.date,
        counted.action_type,
        counted.conversions,
        listed.conversion_type,
        row_number() over (
            partition by counted.ad_id, counted.date, listed.conversion_type
            order by listed.choice
        ) as choice_rank
    from counted
    inner join listed
        on counted.action_type = listed.action_type

),

final as (

    select
        ranked.date as claim_date,
        'meta' as platform,
        ranked.conversion_type,
        sum(ranked.conversions) as claimed_conversions,
        {{ sum_of_amounts(
            claimed_in_reporting_currency('valued.conversions_value', 'accounts.currency')
        ) }} as claimed_value
    from ranked
    left join valued
        on
            ranked.ad_id = valued.ad_id
            and ranked.date = valued.date
            and ranked.action_type = valued.action_type
    left join ads
        on ranked.ad_id = ads.ad_id
    left join accounts_of_ads
        on ranked.ad_id = accounts_of_ads.ad_id
    left join accounts
        on coalesce(ads.account_id, accounts_of_ads.account_id) = accounts.id
    where ranked.choice_rank = 1
    group by
        ranked.date,
        ranked.conversion_type
    having sum(ranked.conversions) != 0

)

select * from final
