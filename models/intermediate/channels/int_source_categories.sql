-- Grain: one row per distinct evidence_source of int_traffic_evidence.
--
-- The list names sources, not hosts: `google` is in it, `google.com` is not. So a host is looked
-- up as it is written, then without prefixes like `www.`, then by its name alone: the label before
-- its public suffix, which is the last label, or the last two where the last has two letters and
-- the one before is one of these words. The whole list of suffixes would have 10,000 rows that
-- somebody has to keep fresh; this rule reads the hosts of every source in the list aright.
{%- set second_level = 'co|com|net|org|gov|edu|ac|or|ne|go|gob|gouv' %}
{%- set suffix = '(?:(?:' ~ second_level ~ ')[.][a-z][a-z]|[^. 0-9][^. /]*)' %}
with

traffic_evidence as (

    select * from {{ ref('assisted_conversions', 'int_traffic_evidence') }}

),

source_categories as (

    select * from {{ rule('source_categories') }}

),

source_categories_supplement as (

    select * from {{ rule('source_categories_supplement') }}

),

listed_sources as (

    select
        lower(source) as source,
        category
    from source_categories
    union all
    select
        lower(source) as source,
        category
    from source_categories_supplement

),

names as (

    select distinct
        evidence_source,
        {{ regexp_first('evidence_source', "'^(?:(?:www|m|l|lm|out)[.])+(.+)$'", 1) }}
            as host_without_prefix,
        {{ regexp_first('evidence_source', "'([^.]+)[.]" ~ suffix ~ "$'", 1) }} as reduced_name
    from traffic_evidence

),

final as (

    select
        names.evidence_source,
        coalesce(as_written.source, without_prefix.source, by_name.source) as listed_source,
        coalesce(as_written.category, without_prefix.category, by_name.category)
            as source_category
    from names
    left join listed_sources as as_written
        on names.evidence_source = as_written.source
    left join listed_sources as without_prefix
        on names.host_without_prefix = without_prefix.source
    left join listed_sources as by_name
        on names.reduced_name = by_name.source

)

select * from final
