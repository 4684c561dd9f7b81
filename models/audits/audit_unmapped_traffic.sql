-- Grain: one row per source and medium of touchpoints that fell to the channel Unassigned.
{#- Values as fields of a CSV file: as they are, and as patterns that match just them. #}
{%- set csv = {} %}
{%- for field in ['source', 'medium'] %}
    {%- set text = namespace(pattern='touches.' ~ field) %}
    {%- for sign in '[.()|?*+{$' %}
        {%- set text.pattern = 'replace(' ~ text.pattern ~ ", '" ~ sign ~ "', '[" ~ sign ~ "]')" %}
    {%- endfor %}
    {%- for name, value in {field: 'touches.' ~ field, field ~ '_pattern': text.pattern}.items() %}
        {%- set quoted = "'\"' || " ~ value ~ " || '\"'" %}
        {%- do csv.update({name: 'case when ' ~ text_contains(value, "','") ~ ' then ' ~ quoted
            ~ ' else ' ~ value ~ ' end'}) %}
    {%- endfor %}
{%- endfor %}
with

touches as (

    select
        source,
        medium,
        count(case when touch_type = 'session' then 1 end) as sessions
    from {{ ref('assisted_conversions', 'int_touchpoints') }}
    where channel = 'Unassigned'
    group by
        source,
        medium

),

-- One row per conversion that has such a touch on its path; campaigns are not told apart here.
conversions as (

    select
        conversion_key,
        source,
        medium,
        max(conversion_value) as conversion_value
    from {{ ref('assisted_conversions', 'fct_assisted_conversions_by_campaign') }}
    where channel = 'Unassigned'
    group by
        conversion_key,
        source,
        medium

),

known_spellings as (

    select * from {{ ref('assisted_conversions', 'int_known_spellings') }}

),

conversion_counts as (

    select
        source,
        medium,
        count(*) as conversions,
        {{ sum_of_amounts('conversion_value') }} as conversion_value
    from conversions
    group by
        source,
        medium

),

spelled as (

    select distinct
        'source' as field,
        source as value
    from touches
    union all
    select distinct
        'medium' as field,
        medium as value
    from touches

),

distances as (

    select
        spelled.field,
        spelled.value,
        known_spellings.spelling,
        known_spellings.standard,
        {{ ratio(
            edit_distance('lower(spelled.value)', 'known_spellings.spelling'),
            'greatest(length(spelled.value), length(known_spellings.spelling))'
        ) }} as distance
    from spelled
    inner join known_spellings
        on spelled.field = known_spellings.field

),

nearest as (

    select
        *,
        row_number() over (partition by field, value order by distance, spelling) as nearness
    from distances
    where distance <= {{ setting('max_spelling_distance') }}

),

next_override as (

    select coalesce(max(rule_order), 0) + 1 as rule_order
    from {{ rule('channel_overrides') }}

),

final as (

    select
        touches.source,
        touches.medium,

        touches.sessions,
        coalesce(conversion_counts.conversions, 0) as conversions,
        cast(coalesce(conversion_counts.conversion_value, 0) as {{ amount_sum_type() }})
            as conversion_value,

        near_sources.spelling as nearest_source,
        near_media.spelling as nearest_medium,
        case
            when near_media.spelling is not null then
                'medium_aliases: ' || {{ csv.medium }} || ',' || near_media.standard
            when near_sources.spelling is not null then
                'source_aliases: ' || {{ csv.source }} || ',' || near_sources.standard
            when touches.source != '(not set)' or touches.medium != '(not set)' then
                'channel_overrides: ' || cast(next_override.rule_order as {{ dbt.type_string() }})
                || ',' || {{ csv.source_pattern }}
                || ',' || {{ csv.medium_pattern }} || ',,<channel>'
        end as suggestion
    from touches
    cross join next_override
    left join conversion_counts
        on
            touches.source = conversion_counts.source
            and touches.medium = conversion_counts.medium
    left join nearest as near_sources
        on
            touches.source = near_sources.value
            and near_sources.field = 'source'
            and near_sources.nearness = 1
    left join nearest as near_media
        on
            touches.medium = near_media.value
            and near_media.field = 'medium'
            and near_media.nearness = 1

)

select * from final
