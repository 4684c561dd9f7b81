-- Grain: one row per conversion group that has non-converting journeys, and journey: a conversion
-- with its path, or one without conversion. On one path are those of equal hash and length.
{%- set changed = is_changed('person_id', 'int_changed_journey_persons', 'person_id') %}
{{ rebuilt_by('person_id', 'int_changed_journey_persons') }}
with

path_summaries as (

    select * from {{ ref('assisted_conversions', 'int_path_summaries') }}

),

journeys as (

    select * from {{ ref('assisted_conversions', 'int_journey_summaries') }}
    where {{ changed }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'int_conversions') }}
    where {{ changed }}

),

journey_groups as (

    select * from {{ ref('assisted_conversions', 'int_journey_groups') }}

),

final as (

    select
        journey_groups.conversion_group,
        conversions.person_id,
        conversions.conversion_key,
        null as journey_number,

        {{ row_hash(['paths.path']) }} as path_hash,
        paths.path_length,
        paths.first_channel,
        paths.last_channel,
        conversions.conversion_value
    from path_summaries as paths
    inner join conversions
        on paths.conversion_key = conversions.conversion_key
    inner join journey_groups
        on conversions.conversion_type = journey_groups.conversion_type
    union all
    select
        conversion_group,
        person_id,
        null as conversion_key,
        journey_number,

        {{ row_hash(['path']) }} as path_hash,
        path_length,
        first_channel,
        last_channel,
        0 as conversion_value
    from journeys

)

select * from final
