-- Grain: one row per known person who shares a device with another, where these are merged.
-- The rows of int_merged_persons, for setting `components_in: sql`.
{{ config(
    enabled=setting('components_in') == 'sql',
    pre_hook="{{ assisted_conversions.make_components(
        'of_devices', ref('assisted_conversions', 'int_device_persons'),
        'person_number', 'first_person_number', 'is_merged'
    ) }}",
    post_hook="{{ assisted_conversions.drop_components('of_devices') }}"
) }}
-- depends_on: {{ ref('assisted_conversions', 'int_device_persons') }}
with

components as (

    select * from {{ components_table('of_devices') }}

),

final as (

    select
        key_number as person_number,
        component_number
    from components

)

select * from final
