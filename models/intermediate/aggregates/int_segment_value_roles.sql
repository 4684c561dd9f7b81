-- Grain: one row per conversion group, segment, segment value and channel, with (total) rows and
-- (unattributed) rows. Small values of a segment (setting `min_group_size`) are one, (other); what
-- a conversion does not state is null.
{%- set columns = ['conversion_type'] + segment_columns() %}
with

-- Of a conversion's number it only matters whether it is the first.
conversions as (

    select
        conversion_key,
        conversion_value,
        channel_count,
        path_length,
        is_assisted,
        is_attributed,
        {% for column in columns if column != 'conversion_number' -%}
        {{ column }},
        {% endfor -%}
        least(conversion_number, 2) as conversion_number
    from {{ ref('assisted_conversions', 'fct_conversions') }}

),

roles as (

    select * from {{ ref('assisted_conversions', 'fct_assisted_conversions') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

segments as (

    {{ segment_names() | indent(4) }}

),

small_values as (

    select * from {{ ref('assisted_conversions', 'int_pooled_segment_values') }}

),

-- There are few combinations of segments. Their counts add up to those of each segment, without
-- reading every conversion once per segment.
combinations as (

    select
        {%- for column in columns %}
        conversions.{{ column }},
        {%- endfor %}
        roles.channel,
        {{ role_counts('roles') | indent(8) }}
    from roles
    inner join conversions
        on roles.conversion_key = conversions.conversion_key
    group by
        {%- for column in columns %}
        conversions.{{ column }},
        {%- endfor %}
        roles.channel
    union all
    select
        {{ columns | join(',\n        ') }},
        '(total)' as channel,
        {{ whole_conversion_counts('conversions', 'channel_count > 1') | indent(8) }}
    from conversions
    group by {{ columns | join(', ') }}
    union all
    select
        {{ columns | join(',\n        ') }},
        '(unattributed)' as channel,
        {{ whole_conversion_counts('conversions', 'false') | indent(8) }}
    from conversions
    where not is_attributed
    group by {{ columns | join(', ') }}

),

segment_values as (

    select
        conversion_groups.conversion_group,
        segments.segment,
        {{ segment_value('segments.segment', 'combinations') | indent(8) }} as segment_value,
        combinations.*
    from combinations
    inner join conversion_groups
        on combinations.conversion_type = conversion_groups.conversion_type
    cross join segments

),

shown_values as (

    select
        segment_values.*,
        case
            when small_values.segment is null then segment_values.segment_value
            else '(other)'
        end as shown_value
    from segment_values
    left join small_values
        on {{ same_values(
            'segment_values', 'small_values', ['conversion_group', 'segment', 'segment_value']
        ) | indent(8) }}

),

final as (

    select
        conversion_group,
        segment,
        shown_value as segment_value,
        channel,
        {{ sums_of_role_counts('shown_values') | indent(8) }}
    from shown_values
    group by conversion_group, segment, shown_value, channel

)

select * from final
