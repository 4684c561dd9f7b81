-- Grain: one row per conversion group, segment, segment value and channel, with (total) rows and
-- (unattributed) rows. Small values of a segment (setting `min_group_size`) are one, (other); what
-- a conversion does not state is null.
{%- set columns = ['conversion_type'] + segment_columns() %}
with

-- Of a conversion's number it only matters whether it is the first.
conversions as (

    select
        conversion_key,
        conversion_id,
        source_system,
        person_id,
        conversion_type,
        conversion_class,
        converted_at,
        conversion_date,
        conversion_value,
        lookback_days,
        path_length,
        channel_count,
        is_assisted,
        is_attributed,
        first_channel,
        last_channel,
        path,
        path_collapsed,
        first_touch_at,
        last_touch_at,
        days_to_conversion,
        path_length_bucket,
        days_to_conversion_bucket,
        is_new_visitor,
        device_type,
        country,
        product_category,
        plan_tier,
        lead_stage,
        audience,
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
        segment_values.conversion_group,
        segment_values.segment,
        segment_values.conversion_type,
        segment_values.is_new_visitor,
        segment_values.conversion_number,
        segment_values.device_type,
        segment_values.country,
        segment_values.product_category,
        segment_values.plan_tier,
        segment_values.lead_stage,
        segment_values.audience,
        segment_values.channel,
        segment_values.conversions,
        segment_values.assisted_conversions,
        segment_values.assist_only_conversions,
        segment_values.last_conversions,
        segment_values.first_conversions,
        segment_values.sole_conversions,
        segment_values.introduced_conversions,
        segment_values.nurtured_conversions,
        segment_values.assisted_value,
        segment_values.last_value,
        segment_values.first_value,
        case
            when small_values.segment is null then segment_values.segment_value
            else '(other)'
        end as segment_value
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
        segment_value,
        channel,
        {{ sums_of_role_counts('shown_values') | indent(8) }}
    from shown_values
    group by conversion_group, segment, segment_value, channel

)

select * from final
