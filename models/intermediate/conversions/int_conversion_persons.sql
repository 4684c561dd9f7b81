-- Grain: one row per order (a conversion event without one stands alone).
-- Decides the person of an order by the keys of all its rows.
{{ config(materialized='view') }}
with

conversions as (

    select * from {{ only_changed('int_conversions_merged') }}

),

shared_keys as (

    select * from {{ ref('int_shared_keys') }}

),

persons as (

    select * from {{ ref('int_identity_persons') }}

),

-- The first key that is not shared, in the order user, email, visitor, else the first; of several
-- of one kind the smallest.
leading_keys as (

    select
        conversions.order_key,
        coalesce(
            {%- for condition in ['identity_key is null', 'identity_key is not null'] %}
            {%- set outer_loop = loop %}
            {%- for type in ['user', 'email', 'visitor'] %}
            min(
                case when shared_{{ type }}_keys.{{ condition }} then conversions.{{ type }}_key end
            )
            {{- ',' if not (loop.last and outer_loop.last) }}
            {%- endfor %}
            {%- endfor %}
        ) as identity_key
    from conversions
    {{- join_shared_keys('conversions', 'shared_keys') }}
    group by conversions.order_key

),

final as (

    select
        leading_keys.order_key,
        coalesce(persons.person_id, leading_keys.identity_key) as person_id
    from leading_keys
    left join persons
        on leading_keys.identity_key = persons.identity_key
    where leading_keys.identity_key is not null

)

select * from final
