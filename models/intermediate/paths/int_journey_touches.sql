-- Grain: one row per conversion group and touch of a non-converting journey, after path rules.
with

events as (

    select * from {{ ref('int_journey_events') }}

),

data_end as (

    select max(ends_at) as ends_at
    from (
        select max(touched_at) as ends_at from {{ ref('int_touchpoints') }}
        union all
        select max(converted_at) as ends_at from {{ ref('int_conversions') }}
    ) as ends

),

compared as (

    select
        *,
        lag(happened_at) over in_order as previous_at,
        lag(is_conversion) over in_order as follows_conversion
    from events
    -- A conversion at the very time of a touch comes before it.
    window in_order as (
        partition by conversion_group, person_id
        order by happened_at, is_conversion desc, touchpoint_id
    )

),

cut as (

    select
        *,
        sum(case
            when
                previous_at is null
                or follows_conversion
                or {{ seconds_between('previous_at', 'happened_at') }} > lookback_days * 86400
                then 1
            else 0
        end) over (
            partition by conversion_group, person_id
            order by happened_at, is_conversion desc, touchpoint_id
            rows between unbounded preceding and current row
        ) as journey_number
    from compared

),

touches as (

    select
        conversion_group,
        lookback_days,
        person_id,
        journey_number,
        touchpoint_id,
        channel,
        source,
        medium,
        campaign,
        happened_at as touched_at
    from cut
    where not is_conversion

),

{% set path = 'conversion_group, person_id, journey_number' -%}
{% if not setting('count_open_journeys') -%}
-- Who was here less than a lookback ago may still convert.
closed as (

    select timed.* {{ except_columns(['last_touched_at']) }}
    from (
        select
            *,
            max(touched_at) over (partition by {{ path }}) as last_touched_at
        from touches
    ) as timed
    cross join data_end
    where
        {{ seconds_between('timed.last_touched_at', 'data_end.ends_at') }}
        >= timed.lookback_days * 86400

),

{% endif -%}
{% set rules = path_rule_steps('touches' if setting('count_open_journeys') else 'closed', path) -%}
{% for rule in rules.steps -%}
{{ rule.name }} as (

    {{ rule.query | indent(4) }}

),

{% endfor -%}
final as (

    {{ numbered_touches(rules.last, path) | indent(4) }}

)

select * from final
