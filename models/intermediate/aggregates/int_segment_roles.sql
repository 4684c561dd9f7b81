-- Grain: one row per conversion group, segment, segment value and channel, with (total) rows and
-- (unattributed) rows. Small channels of a segment value (setting `min_group_size`) are one row,
-- (other channels).
with

value_roles as (

    select * from {{ ref('assisted_conversions', 'int_segment_value_roles') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}

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

conversion_segments as (

    select
        conversion_groups.conversion_group,
        segments.segment,
        {{ segment_value('segments.segment', 'conversions') | indent(8) }} as segment_value,
        conversions.conversion_key
    from conversions
    inner join conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type
    cross join segments

),

-- The roles of channels under the values that are shown; values that are not are in (other).
channel_roles as (

    select
        conversion_segments.conversion_group,
        conversion_segments.segment,
        shown.segment_value,
        roles.*
    from conversion_segments
    left join value_roles
        on value_roles.channel = '(total)'
        and {{ same_values(
            'conversion_segments', 'value_roles', ['conversion_group', 'segment', 'segment_value']
        ) | indent(8) }}
    inner join roles
        on conversion_segments.conversion_key = roles.conversion_key
    inner join value_roles as shown
        on conversion_segments.conversion_group = shown.conversion_group
        and conversion_segments.segment = shown.segment
        and {{ is_same(
            "case when value_roles.segment is null then '(other)'"
            ~ ' else conversion_segments.segment_value end',
            'shown.segment_value'
        ) }}
        and roles.channel = shown.channel
    {%- if setting('min_group_size') <= 1 %}
    where false
    {%- endif %}

),

small_channels as (

    {{ pooled_values(
        'channel_roles', ['conversion_group', 'segment', 'segment_value'], ['channel']
    ) | indent(4) }}

),

-- Each conversion once, however many small channels take part in it.
pooled as (

    select
        channel_roles.conversion_group,
        channel_roles.segment,
        channel_roles.segment_value,
        channel_roles.conversion_key,
        {{ pooled_roles('channel_roles') | indent(8) }}
    from channel_roles
    inner join small_channels
        on {{ same_values('channel_roles', 'small_channels', [
            'conversion_group', 'segment', 'segment_value', 'channel'
        ]) | indent(8) }}
    group by
        channel_roles.conversion_group,
        channel_roles.segment,
        channel_roles.segment_value,
        channel_roles.conversion_key

),

final as (

    select value_roles.*
    from value_roles
    left join small_channels
        on {{ same_values('value_roles', 'small_channels', [
            'conversion_group', 'segment', 'segment_value', 'channel'
        ]) | indent(8) }}
    where small_channels.channel is null
    union all
    select
        conversion_group,
        segment,
        segment_value,
        '(other channels)' as channel,
        {{ role_counts('pooled') | indent(8) }}
    from pooled
    group by conversion_group, segment, segment_value

)

select * from final
