-- Grain: one row per pair of ids that an event names together.
{{ config(enabled=adapter_is_on('posthog')) }}
{%- set properties = ref('assisted_conversions', 'base_posthog__properties') %}
{%- set browsers = ref('assisted_conversions', 'int_posthog__browsers') %}
{%- set identified %}
select
    case
        when properties.event = '$identify'
            then coalesce(properties.device_id, properties.anonymous_id)
        else {{ posthog_visitor() | indent(8) }}
    end as anonymous_id,
    case
        when properties.event = '$identify' then properties.distinct_id
        else {{ posthog_user() | indent(8) }}
    end as user_id,
    properties.email,
    properties.occurred_at
from {{ properties }} as properties
left join {{ browsers }} as browsers
    on properties.distinct_id = browsers.browser_id
where properties.event = '$identify'
    or properties.email is not null
{%- endset %}
with

tracked as (

    select * from (
        {{ tracked_identity_links(identified) | indent(8) }}
    ) as tracked

),

merged as (

    select
        case when browsers.browser_id is null then 'user' else 'visitor' end as left_type,
        coalesce(browsers.visitor_id, properties.distinct_id) as left_id,
        case when others.browser_id is null then 'user' else 'visitor' end as right_type,
        coalesce(others.visitor_id, properties.alias) as right_id,
        properties.occurred_at
    from {{ properties }} as properties
    left join {{ browsers }} as browsers
        on properties.distinct_id = browsers.browser_id
    left join {{ browsers }} as others
        on properties.alias = others.browser_id
    where properties.event in ('$create_alias', '$merge_dangerously')
        and properties.alias is not null

),

final as (

    select * from tracked
    union all
    select
        left_type,
        left_id,
        right_type,
        right_id,
        min(occurred_at) as linked_at
    from merged
    where left_type != right_type
        or left_id != right_id
    group by left_type, left_id, right_type, right_id

)

select * from final
