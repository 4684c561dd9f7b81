-- Grain: one row per touchpoint or row of ad spend, and field of it that breaks the tracking plan.
-- A field without rows in the plan is not checked.
{%- set rules = {
    'source': 'unknown_source', 'medium': 'unknown_medium', 'campaign': 'campaign_pattern'
} %}
with

plan as (

    select * from {{ rule('tracking_plan') }}

),

planned_fields as (

    select distinct field from plan

),

ad_spend as (

    select * from {{ ref('assisted_conversions', 'fct_ad_spend_daily') }}

),

uses as (

    {% for field in rules -%}
    select
        planned_fields.field,
        touches.{{ field }} as value,
        {{ reporting_date('touches.touched_at') }} as used_on,
        touches.touchpoint_id,
        touches.touch_type,
        cast(null as {{ amount_type() }}) as cost
    from {{ ref('assisted_conversions', 'int_touchpoints') }} as touches
    inner join planned_fields
        on planned_fields.field = '{{ field }}'
    where
        touches.traffic_evidence = 'utm'
        and touches.{{ field }} is not null
    union all
    select
        planned_fields.field,
        ad_spend.{{ field }} as value,
        ad_spend.spend_date as used_on,
        null as touchpoint_id,
        null as touch_type,
        ad_spend.cost
    from ad_spend
    inner join planned_fields
        on planned_fields.field = '{{ field }}'
    where ad_spend.{{ field }} is not null
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

used_values as (

    select distinct
        field,
        value
    from uses

),

used_days as (

    select distinct
        field,
        value,
        used_on
    from uses

),

-- A campaign is planned by a pattern, sources and media by their names.
planned_values as (

    select
        used_values.field,
        used_values.value,
        plan.owner,
        plan.valid_from,
        plan.valid_to
    from used_values
    inner join plan
        on
            used_values.field = plan.field
            and case
                when plan.field = 'campaign'
                    then {{ override_matches('used_values.value', 'plan.value') }}
                else used_values.value = lower(plan.value)
            end

),

judged as (

    select
        used_days.field,
        used_days.value,
        used_days.used_on,
        count(planned_values.field) > 0 as is_planned,
        min(planned_values.owner) as owner,
        count(case
            when
                used_days.used_on >= coalesce(planned_values.valid_from, used_days.used_on)
                and used_days.used_on <= coalesce(planned_values.valid_to, used_days.used_on)
                then planned_values.field
        end) > 0 as is_valid
    from used_days
    left join planned_values
        on
            used_days.field = planned_values.field
            and used_days.value = planned_values.value
    group by
        used_days.field,
        used_days.value,
        used_days.used_on

),

final as (

    select
        uses.*,
        case
            when judged.is_planned then 'outside_dates'
            {%- for field, rule_name in rules.items() %}
            when uses.field = '{{ field }}' then '{{ rule_name }}'
            {%- endfor %}
        end as rule,
        judged.owner
    from uses
    inner join judged
        on
            uses.field = judged.field
            and uses.value = judged.value
            and uses.used_on = judged.used_on
    where not judged.is_valid

)

select * from final
