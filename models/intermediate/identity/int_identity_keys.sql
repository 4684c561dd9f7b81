-- Grain: one row per identity key that some row, order or link puts together with another.
-- Keys that are linked have one component: strong keys are a known person, visitor keys a device.
with

pairs as (

    select * from {{ ref('assisted_conversions', 'int_identity_pairs') }}

),

components as (

    select * from {{ components_ref('int_identity_components') }}

),

keys as (

    select
        left_key as identity_key,
        left_number as key_number
    from pairs
    union distinct
    select
        right_key as identity_key,
        right_number as key_number
    from pairs

),

final as (

    select
        keys.key_number,
        keys.identity_key,
        {{ identity_type('keys.identity_key') }} as key_type,
        coalesce(components.component_number, keys.key_number) as component_number,
        coalesce(components.row_component_number, keys.key_number) as row_component_number
    from keys
    left join components
        on keys.key_number = components.key_number

)

select * from final
