-- Grain: one row per conversion event, with the reason why it does not count, if any.
with

conversions as (

    select * from {{ ref('int_conversions_merged') }}

),

order_persons as (

    select * from {{ ref('int_conversion_persons') }}

),

conversion_types as (

    select * from {{ ref('conversion_types') }}

),

stated as (

    select
        conversions.*,
        conversion_types.conversion_class,
        conversion_types.lookback_days,
        conversion_types.dedupe_minutes,
        -- An order without any identity is nobody known: a person of its own.
        coalesce(
            order_persons.person_id, 'conversion:' || conversions.kept_conversion_key
        ) as person_id,
        case
            when conversions.conversion_key != conversions.kept_conversion_key then 'merged'
            when conversions.status = 'cancelled' then 'cancelled'
            {%- if not setting('count_pending') %}
            when conversions.status = 'pending' then 'pending'
            {%- endif %}
        end as exclusion_reason
    from conversions
    left join order_persons
        on conversions.order_key = order_persons.order_key
    inner join conversion_types
        on conversions.conversion_type = conversion_types.conversion_type

),

-- A repeat follows the previous conversion, be that one a repeat itself or not.
compared as (

    select
        conversion_key,
        first_converted_at,
        dedupe_minutes,
        lag(first_converted_at) over (
            partition by person_id, conversion_type
            order by first_converted_at, conversion_id, source_system
        ) as previous_converted_at
    from stated
    where exclusion_reason is null

),

repeats as (

    select conversion_key
    from compared
    where
        {{ seconds_between('previous_converted_at', 'first_converted_at') }}
        < dedupe_minutes * 60

),

final as (

    select
        stated.* {{ except_columns(['exclusion_reason']) }},
        case
            when repeats.conversion_key is not null then 'repeat'
            else stated.exclusion_reason
        end as exclusion_reason
    from stated
    left join repeats
        on stated.conversion_key = repeats.conversion_key

)

select * from final
