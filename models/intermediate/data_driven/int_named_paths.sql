-- Grain: one row per journey type and distinct path of channels and campaigns, of converting and of
-- other journeys apart.
with

numbered_paths as (

    {% for numbered in ['int_numbered_paths', 'int_numbered_journeys'] -%}
    select
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
        journey_type,
        is_converting,
        any_value(touches) as touches,
        count(*) as journeys,
        cast(sum(conversion_value) as double) as value_sum,
        sum(cast(conversion_value as double) * cast(conversion_value as double))
            as value_square_sum
    from numbered_paths
    group by
        named_path_id,
        journey_type,
        is_converting

),

listed as (

    select
        *,
        {{ each_channel('touches') }} as channels,
        {{ each_campaign('touches') }} as campaigns
    from paths

),

final as (

    select
        named_path_id,
        journey_type,
        is_converting,

        channels,
        campaigns,
        {{ row_hash(['journey_type', 'is_converting', 'channels']) }} as path_id,

        journeys,
        value_sum,
        value_square_sum
    from listed

)

select * from final
