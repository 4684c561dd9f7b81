-- Grain: one row per identity key that is linked to another.
-- The rows of int_identity_components, for setting `components_in: sql`.
{{ config(
    enabled=setting('components_in') == 'sql',
    pre_hook=[
        "{{ assisted_conversions.make_components(
            'of_links', ref('assisted_conversions', 'int_identity_pairs'),
            'left_number', 'right_number', 'is_link'
        ) }}",
        "{{ assisted_conversions.make_components(
            'of_rows', ref('assisted_conversions', 'int_identity_pairs'),
            'left_number', 'right_number', 'is_link and is_of_row'
        ) }}",
    ],
    post_hook=[
        "{{ assisted_conversions.drop_components('of_links') }}",
        "{{ assisted_conversions.drop_components('of_rows') }}",
    ]
) }}
-- depends_on: {{ ref('assisted_conversions', 'int_identity_pairs') }}
with

components as (

    select * from {{ components_table('of_links') }}

),

row_components as (

    select * from {{ components_table('of_rows') }}

),

final as (

    select
        components.key_number,
        components.component_number,
        -- A key that only orders link is a component of its own.
        coalesce(row_components.component_number, components.key_number) as row_component_number
    from components
    left join row_components
        on components.key_number = row_components.key_number

)

select * from final
