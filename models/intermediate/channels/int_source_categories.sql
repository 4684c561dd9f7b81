-- Grain: one row per distinct evidence_source of int_traffic_evidence.
--
-- The list names sources, not hosts: `google` is in it, `google.com` is not. So a host is looked
-- up as it is written, then without prefixes like `www.`, then by its name alone.
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
        {{ host_without_prefix('evidence_source') }} as host_without_prefix,
        {{ host_reduced_name('evidence_source') }} as reduced_name
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
