-- Grain: one row per conversion with a path.
-- The path as text, with the touches of one channel in a row counted. A part of fct_conversions.
{{ config(materialized='ephemeral') }}
with

touches as (

    select * from {{ ref('assisted_conversions', 'fct_conversion_touches') }}
    where {{ is_changed('person_id', of='fct_conversions') }}

),

-- For consecutive touches of one channel, position less the channel's own count stays the same.
numbered_runs as (

    select
        conversion_key,
        channel,
        touch_position,
        touch_position - row_number() over (
            partition by conversion_key, channel
            order by touch_position
        ) as run_number
    from touches

),

runs as (

    select
        conversion_key,
        channel,
        min(touch_position) as first_position,
        count(*) as touches
    from numbered_runs
    group by
        conversion_key,
        channel,
        run_number

),

final as (

    select
        conversion_key,
        {{ ordered_text(
            "case when touches > 1 then channel || ' x' || cast(touches as " ~ dbt.type_string()
            ~ ') else channel end',
            'first_position'
        ) }} as path_collapsed
    from runs
    group by conversion_key

)

select * from final
