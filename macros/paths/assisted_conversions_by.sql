{#
    The query of a roles fact: one row per conversion and distinct value of the given dimensions
    on its path. A null dimension is a value like any other.
    Arguments: touches, relation of touches on paths with the dimensions; conversions, relation of
    the conversions; dimensions, list of columns.
    Example: assisted_conversions_by(
        ref('fct_conversion_touches'), ref('int_conversions'), ['channel']
    )
#}
{% macro assisted_conversions_by(touches, conversions, dimensions) -%}
with

conversions as (

    select * from {{ conversions }}

),

roles as (

    select
        touches.conversion_key,
        {%- for dimension in dimensions %}
        touches.{{ dimension }},
        {%- endfor %}
        bool_or(touches.is_assist) as is_assist,
        bool_or(touches.is_last_touch) as is_last,
        bool_or(touches.is_first_touch) as is_first,
        bool_or(not touches.is_first_touch and not touches.is_last_touch) as is_nurture,
        count(*) as touch_count,
        count(case when touches.is_assist then 1 end) as assist_touch_count,
        min(touches.touch_position) as first_position,
        max(touches.touch_position) as last_position,
        min(touches.path_length) as path_length
    from {{ touches }} as touches
    where {{ is_changed('touches.conversion_key', 'int_changed_conversions', 'conversion_key') }}
    group by
        touches.conversion_key,
        {%- for dimension in dimensions %}
        touches.{{ dimension }}{{ ',' if not loop.last }}
        {%- endfor %}

),

final as (

    select
        roles.conversion_key,
        conversions.conversion_type,
        conversions.conversion_class,
        conversions.converted_at,
        conversions.conversion_date,
        {%- for dimension in dimensions %}
        roles.{{ dimension }},
        {%- endfor %}

        roles.is_assist,
        roles.is_assist and not roles.is_last as is_assist_only,
        roles.is_last,
        roles.is_first,
        roles.is_nurture,
        roles.path_length = 1 as is_sole,

        conversions.conversion_value,
        roles.touch_count,
        roles.assist_touch_count,
        roles.first_position,
        roles.last_position,
        roles.path_length,
        case when roles.is_assist then conversions.conversion_value else 0 end as assisted_value,
        case when roles.is_last then conversions.conversion_value else 0 end as last_value
    from roles
    inner join conversions
        on roles.conversion_key = conversions.conversion_key

)

select * from final
{%- endmacro %}
