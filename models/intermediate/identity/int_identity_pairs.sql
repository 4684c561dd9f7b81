-- Grain: one row per pair of identity keys that some row, order or link puts together.
-- The smaller key is on the left, so that no pair appears twice. A pair with a key that has too
-- many neighbours links nobody: many users share a kiosk's cookie, and a test account has keys of
-- all kinds.
with

sessions as (

    select * from {{ ref('assisted_conversions', 'stg_sessions') }}

),

interactions as (

    select * from {{ ref('assisted_conversions', 'stg_interactions') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'stg_conversions') }}

),

identity_links as (

    select * from {{ ref('assisted_conversions', 'stg_identity_links') }}

),

-- Rows with only a visitor key have no pair.
identity_rows as (

    {% for relation in ['sessions', 'interactions', 'conversions'] -%}
    select
        visitor_key,
        user_key,
        email_key
    from {{ relation }}
    where coalesce(user_key, email_key) is not null
    {{ 'union distinct' if not loop.last }}
    {% endfor %}

),

order_keys as (

    {% for key in ['visitor_key', 'user_key', 'email_key'] -%}
    select
        order_id,
        {{ key }} as identity_key
    from conversions
    where
        order_id is not null
        and {{ key }} is not null
    {{ 'union distinct' if not loop.last }}
    {% endfor %}

),

pairs as (

    {% for one, other in [
        ('visitor_key', 'user_key'), ('visitor_key', 'email_key'), ('user_key', 'email_key')
    ] -%}
    select
        {{ one }} as one_key,
        {{ other }} as other_key
    from identity_rows
    union all
    {% endfor -%}
    select
        left_key as one_key,
        right_key as other_key
    from identity_links
    union all
    select
        one.identity_key as one_key,
        other.identity_key as other_key
    from order_keys as one
    inner join order_keys as other
        on
            one.order_id = other.order_id
            and one.identity_key < other.identity_key

),

distinct_pairs as (

    select distinct
        least(one_key, other_key) as left_key,
        greatest(one_key, other_key) as right_key
    from pairs
    where one_key != other_key

),

neighbours as (

    select
        left_key as identity_key,
        right_key as neighbour_key
    from distinct_pairs
    union all
    select
        right_key as identity_key,
        left_key as neighbour_key
    from distinct_pairs

),

-- A visitor's links to other visitors say nothing about how many people use it.
neighbour_counts as (

    select
        identity_key,
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
        pairs.left_key,
        pairs.right_key,
        {{ row_hash(['pairs.left_key']) }} as left_number,
        {{ row_hash(['pairs.right_key']) }} as right_number,

        left_counts.neighbours as left_neighbours,
        right_counts.neighbours as right_neighbours,

        left_counts.neighbours <= {{ max_neighbours('pairs.left_key') }}
        and right_counts.neighbours <= {{ max_neighbours('pairs.right_key') }} as is_link
    from distinct_pairs as pairs
    inner join neighbour_counts as left_counts
        on pairs.left_key = left_counts.identity_key
    inner join neighbour_counts as right_counts
        on pairs.right_key = right_counts.identity_key

)

select * from final
