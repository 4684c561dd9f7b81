-- Grain: one row per pair of identity keys that some row, order or link puts together.
-- The smaller key is on the left, so that no pair appears twice, and a visitor is on the right of a
-- user or e-mail address. These are strong keys: they name somebody. A visitor key names a device,
-- which several people may use, so it never links two strong keys.
with

sessions as (

    select * from {{ ref('assisted_conversions', 'base_latest_sessions') }}

),

interactions as (

    select * from {{ ref('assisted_conversions', 'base_latest_interactions') }}

),

conversions as (

    select * from {{ ref('assisted_conversions', 'base_latest_conversions') }}

),

identity_links as (

    select * from {{ ref('assisted_conversions', 'base_identity_links') }}
    where reject_reason is null

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
        {{ other }} as other_key,
        1 as is_of_row
    from identity_rows
    union all
    {% endfor -%}
    select
        left_key as one_key,
        right_key as other_key,
        1 as is_of_row
    from identity_links
    union all
    select
        one.identity_key as one_key,
        other.identity_key as other_key,
        0 as is_of_row
    from order_keys as one
    inner join order_keys as other
        on
            one.order_id = other.order_id
            and one.identity_key < other.identity_key

),

distinct_pairs as (

    select
        least(one_key, other_key) as left_key,
        greatest(one_key, other_key) as right_key,
        max(is_of_row) = 1 as is_of_row
    from pairs
    where one_key != other_key
    group by
        least(one_key, other_key),
        greatest(one_key, other_key)

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

-- A strong key with too many neighbours of any kind is shared, such as a test account.
neighbour_counts as (

    select
        identity_key,
        count(*) as neighbours
    from neighbours
    where {{ is_strong_key('identity_key') }}
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

        ({{ is_strong_key('pairs.left_key') }}) = ({{ is_strong_key('pairs.right_key') }})
        and coalesce(left_counts.neighbours, 0) <= {{ setting('max_links_per_key') }}
        and coalesce(right_counts.neighbours, 0) <= {{ setting('max_links_per_key') }} as is_link,
        {{ is_strong_key('pairs.left_key') }}
        and not {{ is_strong_key('pairs.right_key') }}
        and left_counts.neighbours <= {{ setting('max_links_per_key') }} as is_use,
        pairs.is_of_row
    from distinct_pairs as pairs
    left join neighbour_counts as left_counts
        on pairs.left_key = left_counts.identity_key
    left join neighbour_counts as right_counts
        on pairs.right_key = right_counts.identity_key

)

select * from final
