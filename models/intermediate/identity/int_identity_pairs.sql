-- Grain: one row per pair of identity keys that some row, order or link puts together.
-- The smaller key stands left, so that no pair stands twice.
{{ config(meta={'keeps_changes': true}) }}
{{ rebuilt_by('left_key', 'int_changed_pair_keys') }}
with

-- Distinct here, and not in the end alone: the engine looks for them once, and not for each pair.
identity_rows as (

    select distinct
        visitor_key,
        user_key,
        email_key
    from {{ only_changed('int_identity_rows') }}

),

identity_links as (

    select * from {{ ref('stg_identity_links') }}

),

conversions as (

    select * from {{ ref('stg_conversions') }}

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
        {{ 'union' if not loop.last }}
    {% endfor %}

),

pairs as (

    select
        visitor_key as one_key,
        user_key as other_key
    from identity_rows
    union all
    select
        visitor_key as one_key,
        email_key as other_key
    from identity_rows
    union all
    select
        user_key as one_key,
        email_key as other_key
    from identity_rows
    union all
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

final as (

    select distinct
        least(one_key, other_key) as left_key,
        greatest(one_key, other_key) as right_key
    from pairs
    where
        one_key != other_key
        and {{ is_changed('least(one_key, other_key)', 'int_changed_pair_keys', 'left_key') }}

)

select * from final
