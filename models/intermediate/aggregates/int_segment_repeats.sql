-- Grain: one row per conversion group, segment, segment value and channel, and (total), where
-- persons have several conversions. Small values and channels are pooled as in int_segment_roles.
-- How often the channel assists or closes several conversions of one person in the segment.
{%- set keys = ['conversion_group', 'segment', 'segment_value', 'channel'] %}
{%- set has_pools = setting('min_group_size') > 1 %}
with

repeat_conversions as (

    select * from {{ ref('assisted_conversions', 'int_repeat_conversions') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}

),

channel_roles as (

    select * from {{ ref('assisted_conversions', 'fct_assisted_conversions') }}

),

shown as (

    select * from {{ ref('assisted_conversions', 'int_segment_roles') }}

),

segments as (

    {{ segment_names() | indent(4) }}

),

conversion_segments as (

    select
        repeat_conversions.*,
        segments.segment,
        {{ segment_value('segments.segment', 'conversions') | indent(8) }} as segment_value
    from repeat_conversions
    inner join conversions
        on repeat_conversions.conversion_key = conversions.conversion_key
    cross join segments

),

shown_segments as (

    select
        conversion_segments.conversion_group,
        conversion_segments.conversion_key,
        conversion_segments.person_hash,
        conversion_segments.conversion_month,
        conversion_segments.is_assist,
        conversion_segments.is_last,
        conversion_segments.segment,
        case
            when shown.segment is null then '(other)' else conversion_segments.segment_value
        end as segment_value
    from conversion_segments
    left join shown
        on {{ same_values('conversion_segments', 'shown', keys[:3]) | indent(8) }}
        and shown.channel = '(total)'

),

shown_roles as (

    select
        shown_segments.conversion_group,
        shown_segments.segment,
        shown_segments.segment_value,
        coalesce(shown.channel, '(other channels)') as channel,
        shown_segments.conversion_key,
        shown_segments.person_hash,
        channel_roles.is_assist,
        channel_roles.is_last
    from shown_segments
    inner join channel_roles
        on shown_segments.conversion_key = channel_roles.conversion_key
    left join shown
        on {{ same_values('shown_segments', 'shown', keys[:3]) | indent(8) }}
        and channel_roles.channel = shown.channel

),

-- A pool takes part in a conversion once, however many of its channels do.
roles as (

    select
        conversion_group,
        segment,
        segment_value,
        channel,
        person_hash,
        {{ dbt.bool_or('is_assist') if has_pools else 'is_assist' }} as is_assist,
        {{ dbt.bool_or('is_last') if has_pools else 'is_last' }} as is_last
    from shown_roles
    {%- if has_pools %}
    group by conversion_group, segment, segment_value, channel, person_hash, conversion_key
    {%- endif %}
    union all
    select
        conversion_group,
        segment,
        segment_value,
        '(total)' as channel,
        person_hash,
        is_assist,
        is_last
    from shown_segments

),

persons as (

    select
        {{ keys | join(',\n        ') }},
        person_hash,
        {{ person_roles('roles') | indent(8) }}
    from roles
    group by
        {{ keys | join(',\n        ') }},
        person_hash

),

final as (

    select
        {{ keys | join(',\n        ') }},
        {{ repeat_pairs('persons') | indent(8) }}
    from persons
    group by
        {{ keys | join(',\n        ') }}

)

select * from final
