-- Grain: one row per identity key of a row, order or link that has changed since the last run:
-- pairs in which it stands left may be others now.
with

conversions as (

    select * from {{ ref('stg_conversions') }}

),

conversion_changes as (

    select * from {{ changes_of(ref('stg_conversions')) }}

),

link_changes as (

    select * from {{ changes_of(ref('stg_identity_links')) }}

),

-- Of an order all rows count, as each may pair with the one that changed.
changed_rows as (

    {% for changed in [
        changes_of(ref('stg_sessions')), changes_of(ref('stg_interactions')), 'conversion_changes'
    ] -%}
    select
        visitor_key,
        user_key,
        email_key
    from {{ changed }}
    union all
    {% endfor -%}
    select
        visitor_key,
        user_key,
        email_key
    from conversions
    where order_id in (select conversion_changes.order_id from conversion_changes)

),

final as (

    {% for key in ['visitor_key', 'user_key', 'email_key'] -%}
    select {{ key }} as left_key from changed_rows
    where {{ key }} is not null
    union
    {% endfor -%}
    select left_key from link_changes
    where left_key is not null
    union
    select right_key as left_key from link_changes
    where right_key is not null

)

select * from final
