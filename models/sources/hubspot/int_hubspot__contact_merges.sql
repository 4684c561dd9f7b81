-- Grain: one row per pair of a contact and the one that it was merged into.
{{ config(enabled=adapter_is_on('hubspot')) }}
with

contacts as (

    select * from {{ ref('assisted_conversions', 'base_hubspot__contact') }}

),

merge_audit as (

    select * from {{ ref('assisted_conversions', 'base_hubspot__contact_merge_audit') }}

),

digits as (

    {%- for digit in range(10) %}
    select {{ digit }} as digit
    {%- if not loop.last %}
    union all
    {%- endif %}
    {%- endfor %}

),

-- More places than a contact can have merges.
places as (

    select hundreds.digit * 100 + tens.digit * 10 + ones.digit + 1 as place
    from digits as hundreds
    cross join digits as tens
    cross join digits as ones

),

listed as (

    select
        contacts.id as surviving_id,
        {{ text_part('contacts.property_hs_merged_object_ids', "';'", 'places.place') }} as entry
    from contacts
    inner join places
        on
            places.place <= length(contacts.property_hs_merged_object_ids)
            - length(replace(contacts.property_hs_merged_object_ids, ';', '')) + 1
    where contacts.property_hs_merged_object_ids is not null

),

pairs as (

    select
        -- The older of the two properties has the time behind the contact: `51:1577836800000`.
        {{ trimmed_text(text_part('entry', "':'", 1)) }} as merged_id,
        surviving_id,
        cast(null as {{ timestamp_type() }}) as merged_at
    from listed
    union all
    select
        vid_to_merge as merged_id,
        canonical_vid as surviving_id,
        {{ adapter.quote('timestamp') }} as merged_at
    from merge_audit

),

final as (

    select
        merged_id,
        surviving_id,
        min(merged_at) as merged_at
    from pairs
    where merged_id != surviving_id
    group by merged_id, surviving_id

)

select * from final
