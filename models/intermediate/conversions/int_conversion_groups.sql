-- Grain: one row per conversion group and conversion type in it.
-- The groups that reports show: each type, all macro types, all micro types.
with

conversion_types as (

    select
        conversion_type,
        conversion_class,
        -- The first version changes nothing.
        case
            when {{ optional_column('conversion_types', 'version', 'integer') }} > 1
                then {{ optional_column('conversion_types', 'valid_from', 'date') }}
        end as definition_changed_on
    from {{ rule('conversion_types') }}

),

final as (

    select
        conversion_type as conversion_group,
        conversion_type,
        definition_changed_on
    from conversion_types
    union all
    select
        '(all ' || conversion_class || ')' as conversion_group,
        conversion_type,
        definition_changed_on
    from conversion_types

)

select * from final
