{#
    The query of every rule model's credits and values per conversion date, type and the given
    dimensions. A day's values sum to the day's total exactly.
    Arguments: touches, conversions: names of CTEs or relations; dimensions, list of columns.
    Example: daily_credits('touches', 'conversions', ['channel'])
#}
{% macro daily_credits(touches, conversions, dimensions) -%}
with

credits as (

    select
        conversions.conversion_date,
        conversions.conversion_type,
        {%- for dimension in dimensions %}
        touches.{{ dimension }},
        {%- endfor %}
        {%- for model in rule_models() %}
        sum(touches.credit_{{ model }}) as credit_{{ model }},
        {%- endfor %}
        {%- for model in rule_models() %}
        sum({{ exact(
            'touches.credit_' ~ model ~ ' * cast(conversions.conversion_value as double)'
        ) }}) as value_{{ model }}{{ ',' if not loop.last }}
        {%- endfor %}
    from {{ touches }} as touches
    inner join {{ conversions }} as conversions
        on touches.conversion_key = conversions.conversion_key
    group by {{ range(1, 3 + dimensions | length) | join(', ') }}

),

-- Rounding the running value over a day's rows, and not each row's alone, keeps the day's values
-- at the day's total, whatever the model.
running as (

    select
        *,
        {%- for model in rule_models() %}
        cast(sum(value_{{ model }}) over in_order as decimal(18, 4)) as value_so_far_{{ model }}
        {{- ',' if not loop.last }}
        {%- endfor %}
    from credits
    window in_order as (
        partition by conversion_date, conversion_type
        order by {{ dimensions | join(', ') }}
        rows between unbounded preceding and current row
    )

)

select
    conversion_date,
    conversion_type,
    {%- for dimension in dimensions %}
    {{ dimension }},
    {%- endfor %}
    {%- for model in rule_models() %}
    credit_{{ model }},
    {%- endfor %}
    {%- for model in rule_models() %}
    cast(
        value_so_far_{{ model }} - coalesce(lag(value_so_far_{{ model }}) over in_order, 0)
        as decimal(18, 4)
    ) as value_{{ model }}{{ ',' if not loop.last }}
    {%- endfor %}
from running
window in_order as (
    partition by conversion_date, conversion_type
    order by {{ dimensions | join(', ') }}
)
{%- endmacro %}
