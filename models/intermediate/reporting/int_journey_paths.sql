-- Grain: one row per conversion group that has non-converting journeys, and journey: a conversion
-- with its path, or one without conversion. On one path are those of equal hash and length.
with

path_touches as (

    select * from {{ ref('int_path_touches') }}

),

journey_touches as (

    select * from {{ ref('int_journey_touches') }}

),

conversions as (

    select * from {{ ref('int_conversions') }}

),

journey_groups as (

    select * from {{ ref('int_journey_groups') }}

),

converting as (

    select
        conversion_key,
        {{ path_hash(['channel', 'touch_position']) }} as path_hash,
        count(*) as path_length,
        max(case when touch_position = 1 then channel end) as first_channel,
        max(case when touch_position = path_length then channel end) as last_channel
    from path_touches
    group by conversion_key

),

final as (

    select
        journey_groups.conversion_group,
        conversions.person_id,
        converting.conversion_key,
        null as journey_number,

        converting.path_hash,
        converting.path_length,
        converting.first_channel,
        converting.last_channel,
        conversions.conversion_value
    from converting
    inner join conversions
        on converting.conversion_key = conversions.conversion_key
    inner join journey_groups
        on conversions.conversion_type = journey_groups.conversion_type
    union all
    select
        conversion_group,
        person_id,
        null as conversion_key,
        journey_number,

        {{ path_hash(['channel', 'touch_position']) }} as path_hash,
        count(*) as path_length,
        max(case when touch_position = 1 then channel end) as first_channel,
        max(case when touch_position = path_length then channel end) as last_channel,
        0 as conversion_value
    from journey_touches
    group by
        conversion_group,
        person_id,
        journey_number

)

select * from final
