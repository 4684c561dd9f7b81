-- Grain: one row per distinct evidence_source of int_traffic_evidence.
--
-- The list names sources, not hosts: `google` is in it, `google.com` is not. So a source with a
-- dot is looked up as written, then without neutral labels like `www.` in front, then by its name
-- alone: the label before its public suffix, which is the last label, or the last two where the
-- last has two letters and the one before is one of these words. The whole list of suffixes would
-- have 10,000 rows that somebody has to keep fresh; this rule reads the hosts of every source in
-- the list aright. A name counts only if nothing but neutral labels is in front:
-- `mail.google.com` is no search engine.
{%- set second_level = 'co|com|net|org|gov|edu|ac|or|ne|go|gob|gouv' %}
{%- set neutral = 'www|m|mobile|amp|l|lm|out|r|search|[a-z][a-z]' %}
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

source_aliases as (

    select * from {{ rule('source_aliases') }}

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

known_sources as (

    select
        coalesce(source_aliases.alias, listed_sources.source) as known_source,
        source_aliases.source as alias_of,
        listed_sources.category
    from listed_sources
    full join source_aliases
        on listed_sources.source = source_aliases.alias

),

domains as (

    select distinct
        evidence_source,
        {{ regexp_first(
            'evidence_source', "'([^.]+[.](?:(?:" ~ second_level ~ ")[.][a-z][a-z]|[^.]+))$'", 1
        ) }} as domain
    from traffic_evidence

),

stripped as (

    select
        evidence_source,
        domain,
        {{ regexp_first(
            "substr(evidence_source, 1, length(evidence_source) - length(domain))",
            "'^(?:(?:" ~ neutral ~ ")[.])*(.*)$'", 1
        ) }} as other_labels
    from domains

),

names as (

    select
        evidence_source,
        concat(coalesce(other_labels, ''), domain) as stripped_source,
        case when other_labels is null then {{ text_part('domain', "'.'", 1) }} end as name
    from stripped

),

-- Of the three forms the first that is known counts. It is published as its alias, else by its name
-- alone where that is a source of the same category.
published as (

    select
        names.evidence_source,
        coalesce(
            case
                when as_written.known_source is not null then as_written.alias_of
                when without_labels.known_source is not null then without_labels.alias_of
                else by_name.alias_of
            end,
            case
                when by_name.category = coalesce(as_written.category, without_labels.category)
                    then by_name.known_source
            end,
            as_written.known_source,
            without_labels.known_source,
            by_name.known_source,
            names.evidence_source
        ) as source
    from names
    left join known_sources as as_written
        on names.evidence_source = as_written.known_source
    left join known_sources as without_labels
        on names.stripped_source = without_labels.known_source
    left join known_sources as by_name
        on names.name = by_name.known_source

),

final as (

    select
        published.evidence_source,
        published.source,
        listed_sources.category as source_category
    from published
    left join listed_sources
        on published.source = listed_sources.source

)

select * from final
