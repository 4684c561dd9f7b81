-- Grain: one row per conversion group and shape of a journey: its two ends, and whether it is one
-- touch.
-- The shapes of most journeys are kinds. A rarer one of several touches joins the largest kind that
-- ends as it does, else the largest that begins so; what is left is no kind, under null.
{%- set shape = ['conversion_group', 'first_channel', 'last_channel', 'is_single_touch'] %}
{%- set kinds = 10 %}
with

path_totals as (

    select
        *,
        path_length = 1 as is_single_touch
    from {{ ref('assisted_conversions', 'int_path_totals') }}

),

shapes as (

    select
        {{ shape | join(',\n        ') }},
        row_number() over (
            partition by conversion_group
            order by sum(journeys) desc, first_channel, last_channel, is_single_touch
        ) as size_rank
    from path_totals
    group by
        {{ shape | join(',\n        ') }}

),

kinds as (

    select * from shapes where size_rank <= {{ kinds }}

),

matched as (

    select
        shapes.*,
        kinds.first_channel as kind_first_channel,
        kinds.last_channel as kind_last_channel,
        row_number() over (
            partition by
                shapes.conversion_group,
                shapes.size_rank
            order by
                kinds.size_rank = shapes.size_rank desc,
                kinds.last_channel = shapes.last_channel desc,
                kinds.size_rank
        ) as match_rank
    from shapes
    left join kinds
        on
            shapes.conversion_group = kinds.conversion_group
            and shapes.is_single_touch = kinds.is_single_touch
            and (
                shapes.last_channel = kinds.last_channel
                or shapes.first_channel = kinds.first_channel
            )

),

final as (

    select
        {{ shape | join(',\n        ') }},

        kind_first_channel,
        kind_last_channel
    from matched
    where match_rank = 1

)

select * from final
