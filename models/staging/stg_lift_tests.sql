-- Grain: one row per lift test, channel and conversion type.
-- Tests that make no sense stay: audit_lift_tests says why they are not used.
with

lift_tests as (

    select * from {{ ref('assisted_conversions', 'base_lift_tests') }}
    where reject_reason is null

),

ranked as (

    select
        *,
        row_number() over (
            partition by
                test_id,
                channel,
                conversion_type
            order by
                {%- for column in [
                    'started_on', 'ended_on', 'treated_users', 'treated_conversions',
                    'control_users', 'control_conversions'
                ] %}
                {{ column }} nulls last{{ ',' if not loop.last }}
                {%- endfor %}
        ) as duplicate_rank,
        count(*) over (
            partition by
                test_id,
                channel,
                conversion_type
        ) - 1 as removed_duplicates
    from lift_tests

),

final as (

    select
        test_id,

        channel,
        conversion_type,

        treated_users,
        treated_conversions,
        control_users,
        control_conversions,
        removed_duplicates,

        started_on,
        ended_on
    from ranked
    where duplicate_rank = 1

)

select * from final
