-- Grain: one row per figure of a published day that a later run changed: time of the change,
-- conversion date, conversion type and channel.
{{ config(materialized='view') }}
{%- set measures = [
    'conversions', 'assisted_conversions', 'last_conversions', 'assisted_value', 'last_value'
] %}
{%- set figure = 'conversion_date, conversion_type, channel' %}
with

versions as (

    select * from {{ ref('assisted_conversions', 'channel_figures_as_reported') }}

),

definitions as (

    select
        conversion_type,
        definition_changed_on
    from {{ ref('assisted_conversions', 'int_conversion_groups') }}
    where conversion_group = conversion_type

),

-- A day is published by the first run that shows it.
published_days as (

    select
        conversion_date,
        min(dbt_valid_from) as published_at
    from versions
    group by conversion_date

),

with_neighbours as (

    select
        *,
        lag(dbt_valid_to) over (partition by {{ figure }} order by dbt_valid_from)
            as previous_ended_at,
        lag(dbt_valid_from) over (partition by {{ figure }} order by dbt_valid_from)
            as previous_began_at,
        {%- for measure in measures %}
        lag({{ measure }}) over (partition by {{ figure }} order by dbt_valid_from)
            as previous_{{ measure }},
        {%- endfor %}
        lead(dbt_valid_from) over (partition by {{ figure }} order by dbt_valid_from)
            as next_began_at
    from versions

),

changes as (

    select
        {{ figure }},
        dbt_valid_from as restated_at,
        case when previous_ended_at = dbt_valid_from then previous_began_at end as reported_at
        {%- for measure in measures %},
        case when previous_ended_at = dbt_valid_from then previous_{{ measure }} else 0 end
            as {{ measure }}_as_reported,
        {{ measure }} as {{ measure }}_as_restated
        {%- endfor %}
    from with_neighbours
    union all
    -- A figure that is gone is 0 from then on.
    select
        {{ figure }},
        dbt_valid_to as restated_at,
        dbt_valid_from as reported_at
        {%- for measure in measures %},
        {{ measure }} as {{ measure }}_as_reported,
        0 as {{ measure }}_as_restated
        {%- endfor %}
    from with_neighbours
    where
        dbt_valid_to is not null
        and not {{ is_same('next_began_at', 'dbt_valid_to') }}

),

final as (

    select
        changes.restated_at,
        changes.conversion_date,
        changes.conversion_type,
        changes.channel,

        -- The type's definition took effect after the figure was reported.
        coalesce(
            definitions.definition_changed_on
            between cast(coalesce(changes.reported_at, published_days.published_at) as date)
            and cast(changes.restated_at as date),
            false
        ) as definition_changed
        {%- for measure in measures %},

        changes.{{ measure }}_as_reported,
        changes.{{ measure }}_as_restated
        {%- endfor %}
    from changes
    inner join published_days
        on
            changes.conversion_date = published_days.conversion_date
            and changes.restated_at > published_days.published_at
    left join definitions
        on changes.conversion_type = definitions.conversion_type

)

select * from final
