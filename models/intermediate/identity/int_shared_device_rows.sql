-- Grain: one row per row without user or e-mail address on a shared device, with its person.
-- It belongs to the person of the next row of the device that has a user or address, because who
-- browses and then logs in is one person; if none follows, to the person of the last one before.
with

events as (

    select * from {{ ref('assisted_conversions', 'int_shared_device_events') }}

),

persons as (

    select * from {{ ref('assisted_conversions', 'int_identity_persons') }}

),

-- At one time, rows without a key come first, so that a row with one at the same time follows them.
counted as (

    select
        *,
        sum(case when strong_key is not null then 1 else 0 end) over (
            partition by device_number
            order by
                occurred_at nulls first,
                case when strong_key is null then 0 else 1 end,
                event_name
            rows between unbounded preceding and current row
        ) as named_rows_so_far,
        count(strong_key) over (partition by device_number) as named_rows
    from events

),

named_rows as (

    select
        counted.device_number,
        counted.named_rows_so_far as row_number,
        coalesce(persons.person_id, counted.strong_key) as person_id,
        coalesce(persons.has_erased_key, false) as has_erased_key
    from counted
    left join persons
        on {{ row_hash(['counted.strong_key']) }} = persons.key_number
    where counted.strong_key is not null

),

final as (

    select
        counted.event_name as row_name,
        counted.row_type,
        counted.row_id,
        named_rows.person_id,
        -- A row with an erased key of its own leaves anyway.
        named_rows.has_erased_key
        and not {{ is_erased(['counted.visitor_key']) | indent(8) }} as is_erased
    from counted
    inner join named_rows
        on counted.device_number = named_rows.device_number
        and named_rows.row_number
        = least(counted.named_rows_so_far + 1, counted.named_rows)
    where counted.strong_key is null

)

select * from final
