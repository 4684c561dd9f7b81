-- Grain: one row per person whose touches or conversions have changed since the last run, or whose
-- keys have; a person that is no more as well.
with

touch_rows as (

    select
        visitor_key,
        user_key,
        email_key
    from {{ changes_of(ref('stg_sessions')) }}
    union all
    select
        visitor_key,
        user_key,
        email_key
    from {{ changes_of(ref('stg_interactions')) }}

),

person_changes as (

    select * from {{ changes_of(ref('int_identity_persons')) }}

),

shared_key_changes as (

    select * from {{ changes_of(ref('int_shared_keys')) }}

),

conversion_changes as (

    select * from {{ changes_of(ref('int_conversions')) }}

),

pairs as (

    select * from {{ ref('int_identity_pairs') }}

),

persons as (

    select * from {{ ref('int_identity_persons') }}

),

-- A row that a key was shared in may get another leading key: so may all that stand beside it.
changed_keys as (

    {% for key in ['visitor_key', 'user_key', 'email_key'] -%}
    select {{ key }} as identity_key from touch_rows
    union
    {% endfor -%}
    select identity_key from person_changes
    union
    select identity_key from shared_key_changes
    union
    select pairs.right_key as identity_key
    from pairs
    inner join shared_key_changes
        on pairs.left_key = shared_key_changes.identity_key
    union
    select pairs.left_key as identity_key
    from pairs
    inner join shared_key_changes
        on pairs.right_key = shared_key_changes.identity_key

),

-- A key is a person of its own where it is linked to none.
final as (

    select identity_key as person_id
    from changed_keys
    where identity_key is not null
    union
    select persons.person_id
    from persons
    inner join changed_keys
        on persons.identity_key = changed_keys.identity_key
    union
    select person_id from person_changes
    union
    select person_id from conversion_changes

)

select * from final
