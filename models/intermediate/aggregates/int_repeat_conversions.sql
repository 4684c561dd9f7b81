-- Grain: one row per conversion group and conversion in it of a person who has several there.
-- Persons are the independent units of intervals: where a person has one conversion only, counts of
-- conversions say it all.
with

conversions as (

    select * from {{ ref('assisted_conversions', 'fct_conversions') }}

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

group_conversions as (

    select
        conversion_groups.conversion_group,
        conversions.conversion_key,
        {{ row_hash(['conversions.person_id']) }} as person_hash,
        {{ month_name('conversions.conversion_date') }} as conversion_month,
        conversions.is_assisted as is_assist,
        conversions.is_attributed as is_last
    from conversions
    inner join conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type

),

repeat_persons as (

    select
        conversion_group,
        person_hash
    from group_conversions
    group by
        conversion_group,
        person_hash
    having count(*) > 1

),

final as (

    select group_conversions.*
    from group_conversions
    inner join repeat_persons
        on group_conversions.conversion_group = repeat_persons.conversion_group
        and group_conversions.person_hash = repeat_persons.person_hash

)

select * from final
