-- Grain: one row per conversion type, device, country and week of conversions with a session.
-- A hidden conversion borrows the assist rates of the measured ones of its cell; where they are
-- fewer than 30, of its cell without the week, then without the country, then of its type.
{%- set levels = {
    'week': 'conversion_type, device_type, country, week_start_date',
    'country': 'conversion_type, device_type, country',
    'device': 'conversion_type, device_type',
    'type': 'conversion_type',
} %}
with

conversions as (

    select * from {{ ref('assisted_conversions', 'int_conversion_consent') }}

),

cells as (

    select
        conversion_type,
        device_type,
        country,
        week_start_date,
        count(case when not is_hidden then 1 end) as measured_conversions,
        count(case when is_hidden then 1 end) as hidden_conversions
    from conversions
    group by
        conversion_type,
        device_type,
        country,
        week_start_date

),

with_measured as (

    select
        *,
        {%- for level, columns in levels.items() %}
        sum(measured_conversions) over (partition by {{ columns }}) as measured_of_{{ level }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from cells

),

with_level as (

    select
        *,
        case
            {%- for level in ['week', 'country', 'device'] %}
            when measured_of_{{ level }} >= 30 then '{{ level }}'
            {%- endfor %}
            else 'type'
        end as rate_level
    from with_measured

),

-- What one measured conversion of the cell stands for: hidden ones per measured one, of each level.
final as (

    select
        conversion_type,
        device_type,
        country,
        week_start_date,
        measured_conversions,
        hidden_conversions,
        {%- for level, columns in levels.items() %}
        coalesce(
            cast(sum(case when rate_level = '{{ level }}' then hidden_conversions end) over (
                partition by {{ columns }}
            ) as {{ double_type() }}) / nullif(measured_of_{{ level }}, 0),
            0
        ){{ ' + ' if not loop.last }}
        {%- endfor %} as weight
    from with_level

)

select * from final
