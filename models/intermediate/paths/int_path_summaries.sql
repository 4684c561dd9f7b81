-- Grain: one row per conversion that has a path.
{{ rebuilt_by('conversion_key', 'int_changed_conversions') }}
with

path_touches as (

    select * from {{ only_changed('int_path_touches') }}

),

-- A run is a stretch of consecutive touches of one channel.
run_starts as (

    select
        *,
        case
            when channel = lag(channel) over (
                partition by conversion_key order by touch_position
            ) then 0
            else 1
        end as starts_run
    from path_touches

),

run_numbers as (

    select
        *,
        sum(starts_run) over (
            partition by conversion_key
            order by touch_position
            rows between unbounded preceding and current row
        ) as run_number
    from run_starts

),

runs as (

    select
        conversion_key,
        run_number,
        min(channel) as channel,
        count(*) as touches
    from run_numbers
    group by
        conversion_key,
        run_number

),

collapsed as (

    select
        conversion_key,
        {{ ordered_text(
            "case when touches > 1 then channel || ' x' || touches else channel end", 'run_number'
        ) }} as path_collapsed
    from runs
    group by conversion_key

),

summed as (

    select
        conversion_key,
        max(path_length) as path_length,
        count(distinct channel) as channel_count,
        max(case when touch_position = 1 then channel end) as first_channel,
        max(case when touch_position = path_length then channel end) as last_channel,
        {{ ordered_text('channel', 'touch_position') }} as path,
        min(touched_at) as first_touch_at,
        max(touched_at) as last_touch_at,
        max(case when touch_position = path_length then device_type end) as device_type,
        max(case when touch_position = path_length then country end) as country
    from path_touches
    group by conversion_key

),

final as (

    select
        summed.*,
        collapsed.path_collapsed
    from summed
    inner join collapsed
        on summed.conversion_key = collapsed.conversion_key

)

select * from final
