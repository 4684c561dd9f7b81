-- Grain: one row per conversion group that has conversions.
-- The group's totals, and how much they would vary: persons are the independent units. With m the
-- conversions of a person, a number of conversions varies `conversion_dispersion` = sum of m^2 /
-- sum of m times as much as if every conversion were somebody else's; with values likewise.
with

conversions as (

    select * from {{ ref('assisted_conversions', 'int_conversions') }}

),

closers as (

    select * from {{ ref('assisted_conversions', 'fct_conversion_touches') }}
    where is_last_touch

),

conversion_groups as (

    select * from {{ ref('assisted_conversions', 'int_conversion_groups') }}

),

with_paths as (

    select
        conversions.conversion_type,
        conversions.person_id,
        conversions.conversion_value,
        case when closers.conversion_key is null then 1 else 0 end as is_unattributed
    from conversions
    left join closers
        on conversions.conversion_key = closers.conversion_key

),

persons as (

    select
        conversion_groups.conversion_group,
        conversions.person_id,
        count(*) as conversions,
        sum(conversions.conversion_value) as conversion_value,
        sum(pow({{ as_double('conversions.conversion_value') }}, 2)) as single_value_squares,
        sum(conversions.is_unattributed) as unattributed_conversions,
        sum(conversions.is_unattributed * conversions.conversion_value) as unattributed_value
    from with_paths as conversions
    inner join conversion_groups
        on conversions.conversion_type = conversion_groups.conversion_type
    group by
        conversion_groups.conversion_group,
        conversions.person_id

),

with_doubles as (

    select
        *,
        cast(conversion_value as {{ double_type() }}) as value,
        cast(unattributed_value as {{ double_type() }}) as value_unattributed
    from persons

),

totals as (

    select
        conversion_group,
        cast(sum(conversions) as bigint) as conversions,
        cast(sum(conversion_value) as {{ double_type() }}) as conversion_value,
        cast(sum(conversions * conversions) as {{ double_type() }}) as conversion_squares,
        sum(value * value) as value_squares,
        sum(single_value_squares) as single_value_squares,

        cast(sum(unattributed_conversions) as bigint) as unattributed_conversions,
        cast(sum(unattributed_value) as {{ double_type() }}) as unattributed_value,
        cast(sum(unattributed_conversions * unattributed_conversions) as {{ double_type() }})
            as unattributed_squares,
        sum(value_unattributed * value_unattributed) as unattributed_value_squares,
        {{ as_double('sum(unattributed_conversions * conversions)') }}
            as unattributed_total_products,
        sum(value_unattributed * value) as unattributed_value_total_products
    from with_doubles
    group by conversion_group

),

final as (

    select
        *,
        conversion_squares / conversions as conversion_dispersion,
        -- Where no conversion has a value, nothing is scaled.
        coalesce(value_squares / nullif(single_value_squares, 0), 1) as value_dispersion
    from totals

)

select * from final
