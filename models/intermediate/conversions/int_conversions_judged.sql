-- Grain: one row per conversion event, with the reason why it does not count, if any.
-- Narrow: what is known of the event besides stands in stg_conversions.
{{ config(meta={'keeps_changes': true}) }}
{{ rebuilt_by('person_id', keys_of_changes('person_id', ['int_person_conversions'])) }}
with

conversions as (

    select * from {{ ref('int_person_conversions') }}
    where {{ is_of_changed_key('person_id') }}

),

conversion_types as (

    select * from {{ ref('conversion_types') }}

),

stated as (

    select
        conversions.conversion_key,
        conversions.conversion_id,
        conversions.source_system,
        conversions.conversion_type,
        conversions.kept_conversion_key,
        conversions.person_id,
        conversions.first_converted_at,
        conversion_types.conversion_class,
        conversion_types.lookback_days,
        conversion_types.dedupe_minutes,
        case
            when conversions.conversion_key != conversions.kept_conversion_key then 'merged'
            when conversions.status = 'cancelled' then 'cancelled'
            {%- if not setting('count_pending') %}
            when conversions.status = 'pending' then 'pending'
            {%- endif %}
        end as exclusion_reason
    from conversions
    inner join conversion_types
        on conversions.conversion_type = conversion_types.conversion_type

),

repeatable as (

    select * from stated
    where
        exclusion_reason is null
        and dedupe_minutes > 0

),

-- Most persons have one conversion of a type, and nothing to compare.
several as (

    select
        person_id,
        conversion_type
    from repeatable
    group by
        person_id,
        conversion_type
    having count(*) > 1

),

-- A repeat follows the previous conversion, be that one a repeat itself or not.
compared as (

    select
        repeatable.conversion_key,
        repeatable.first_converted_at,
        repeatable.dedupe_minutes,
        lag(repeatable.first_converted_at) over (
            partition by repeatable.person_id, repeatable.conversion_type
            order by
                repeatable.first_converted_at,
                repeatable.conversion_id,
                repeatable.source_system
        ) as previous_converted_at
    from repeatable
    inner join several
        on
            repeatable.person_id = several.person_id
            and repeatable.conversion_type = several.conversion_type

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
        stated.conversion_key,
        stated.kept_conversion_key,
        stated.person_id,

        stated.conversion_class,
        case
            when repeats.conversion_key is not null then 'repeat'
            else stated.exclusion_reason
        end as exclusion_reason,

        stated.lookback_days,
        stated.first_converted_at
    from stated
    left join repeats
        on stated.conversion_key = repeats.conversion_key

)

select * from final
