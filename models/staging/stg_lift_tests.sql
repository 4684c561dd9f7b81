-- Grain: one row per lift test.
with

lift_tests as (

    {{ latest_rows(
        ref('base_lift_tests'),
        ['test_id'],
        [
            'channel',
            'conversion_type',
            'started_on',
            'ended_on',
            'treated_users',
            'treated_conversions',
            'control_users',
            'control_conversions',
        ]
    ) | indent(4) }}

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
    from lift_tests
    where duplicate_rank = 1

)

select * from final
