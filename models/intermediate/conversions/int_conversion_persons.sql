-- Grain: one row per order (a conversion event without one stands alone).
-- Decides the person of an order by the keys of all its rows.
with

conversions as (

    select * from {{ ref('int_conversions_merged') }}

),

shared_keys as (

    select * from {{ ref('int_shared_keys') }}

),

persons as (

    select * from {{ ref('int_identity_persons') }}

),

order_keys as (

    {% for type in ['user', 'email', 'visitor'] -%}
        select
            order_key,
            {{ loop.index }} as type_rank,
            {{ type }}_key as identity_key
        from conversions
        where {{ type }}_key is not null
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

ranked as (

    select
        order_keys.order_key,
        order_keys.identity_key,
        row_number() over (
            partition by order_keys.order_key
            order by
                case when shared_keys.identity_key is null then 0 else 1 end,
                order_keys.type_rank,
                order_keys.identity_key
        ) as key_rank
    from order_keys
    left join shared_keys
        on order_keys.identity_key = shared_keys.identity_key

),

final as (

    select
        ranked.order_key,
        coalesce(persons.person_id, ranked.identity_key) as person_id
    from ranked
    left join persons
        on ranked.identity_key = persons.identity_key
    where ranked.key_rank = 1

)

select * from final
