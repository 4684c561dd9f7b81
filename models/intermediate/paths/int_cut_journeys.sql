-- Grain: one row per conversion group and touch of a non-converting journey, after path rules;
-- journeys that may still convert are in. Of more than var `max_touches_per_path`, the last stay.
{{ rebuilt_by('person_id', 'int_changed_persons') }}
{%- set path = 'conversion_group, person_id, journey_number' %}
with

events as (

    select * from {{ only_changed('int_journey_events') }}

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

dated as (

    select
        *,
        max(touched_at) over (partition by {{ path }}) as last_touched_at
    from touches

),

{% set rules = path_rule_steps('dated', path) -%}
{% for rule in rules.steps -%}
{{ rule.name }} as (

    {{ rule.query | indent(4) }}

),

{% endfor -%}
numbered as (

    {{ numbered_touches(rules.last, path) | indent(4) }}

),

{% set left_out = 'greatest(path_length - ' ~ setting('max_touches_per_path') ~ ', 0)' -%}
final as (

    select
        * {{ except_columns(['touch_position', 'path_length']) }},
        touch_position - {{ left_out }} as touch_position,
        path_length - {{ left_out }} as path_length
    from numbered
    where touch_position > {{ left_out }}

)

select * from final
