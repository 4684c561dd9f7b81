-- Grain: one row per identity key that so many others stand beside that it links nobody.
-- A kiosk's cookie sees many users; a test account sees many of everything.
{{ config(meta={'keeps_changes': true}) }}
{{ rebuilt_by(
    'identity_key',
    keys_of_changes('left_key as identity_key', ['int_identity_pairs'])
    ~ ' union ' ~ keys_of_changes('right_key as identity_key', ['int_identity_pairs'])
) }}
with

pairs as (

    select * from {{ ref('int_identity_pairs') }}

),

neighbours as (

    select
        left_key as identity_key,
        right_key as neighbour_key
    from pairs
    where {{ is_of_changed_key('left_key') }}
    union all
    select
        right_key as identity_key,
        left_key as neighbour_key
    from pairs
    where {{ is_of_changed_key('right_key') }}

),

counted as (

    select
        identity_key,
        {{ identity_type('identity_key') }} as key_type,
        case
            when {{ identity_type('identity_key') }} = 'visitor'
                then {{ setting('max_users_per_visitor') }}
            else {{ setting('max_links_per_key') }}
        end as max_neighbours,
        -- Other visitors beside a visitor say nothing about how many people use it.
        count(case
            when
                {{ identity_type('identity_key') }} != 'visitor'
                or {{ identity_type('neighbour_key') }} != 'visitor'
                then 1
        end) as neighbours
    from neighbours
    group by identity_key

),

final as (

    select
        identity_key,
        key_type,
        neighbours,
        max_neighbours
    from counted
    where neighbours > max_neighbours

)

select * from final
