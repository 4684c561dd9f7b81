-- Grain: one row per journey type and distinct path of channels and campaigns, of converting and of
-- other journeys apart.
with

numbered_paths as (

    {% for numbered in ['int_numbered_paths', 'int_numbered_journeys'] -%}
    select
        journey_hash,
        named_path_id,
        journey_type,
        is_converting,
        touches,
        conversion_value
    from {{ ref(numbered) }}
    {{ 'union all' if not loop.last }}
    {% endfor %}

),

paths as (

    select
        named_path_id,
        max(journey_hash) as journey_hash,
        count(*) as journeys,
        cast(sum(conversion_value) as double) as value_sum,
        sum(cast(conversion_value as double) * cast(conversion_value as double))
            as value_square_sum
    from numbered_paths
    group by named_path_id

),

-- One journey of a path stands for all: carrying lists through the grouping would cost more.
ordered as (

    select
        paths.*,
        numbered_paths.journey_type,
        numbered_paths.is_converting,
        {{ numbers_in_order('numbered_paths.touches') }} as touches
    from paths
    inner join numbered_paths
        on paths.journey_hash = numbered_paths.journey_hash

),

final as (

    select
        named_path_id,
        journey_type,
        is_converting,

        touches,
        {{ row_hash(['journey_type', 'is_converting', each_channel('touches')]) }} as path_id,

        journeys,
        value_sum,
        value_square_sum
    from ordered

)

select * from final
