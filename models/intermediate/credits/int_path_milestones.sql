-- Grain: one row per conversion that has CRM stages and a path.
-- On which touches the milestones of the path lie: the last touch at or before entering each stage.
{{ rebuilt_by('conversion_key', 'int_changed_conversions') }}
with

path_touches as (

    select * from {{ only_changed('int_path_touches') }}

),

stages as (

    select * from {{ ref('int_conversion_stages') }}

),

final as (

    select
        path_touches.conversion_key,
        max(case
            when path_touches.touched_at <= stages.lead_entered_at
                then path_touches.touch_position
        end) as lead_position,
        max(case
            when path_touches.touched_at <= stages.opportunity_entered_at
                then path_touches.touch_position
        end) as opportunity_position
    from path_touches
    inner join stages
        on path_touches.conversion_key = stages.conversion_key
    where coalesce(stages.lead_entered_at, stages.opportunity_entered_at) is not null
    group by path_touches.conversion_key

)

select * from final
