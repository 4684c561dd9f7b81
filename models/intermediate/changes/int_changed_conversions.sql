-- Grain: one row per conversion of which the path, the row itself, its stages or the person's first
-- session have changed since the last run; one that is no more as well.
with

conversions as (

    select * from {{ ref('int_conversions') }}

),

first_session_changes as (

    select * from {{ changes_of(ref('int_first_sessions')) }}

),

final as (

    select conversion_key from {{ changes_of(ref('int_conversions')) }}
    union
    select conversion_key from {{ changes_of(ref('int_path_candidates')) }}
    union
    select conversion_key from {{ changes_of(ref('int_conversion_stages')) }}
    union
    select conversions.conversion_key
    from conversions
    inner join first_session_changes
        on conversions.person_id = first_session_changes.person_id

)

select * from final
