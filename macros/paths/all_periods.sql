{#
    The `group by` that sums each period, and all periods in a row whose period is null.
    Arguments: columns, list of the other columns to group by; period, that of the period.
    Example: select channel, period, sum(cost) from spend all_periods(['channel'], 'period')
#}
{% macro all_periods(columns, period) -%}
group by
    grouping sets (
        ({{ columns | join(', ') }}, {{ period }}),
        ({{ columns | join(', ') }})
    )
{%- endmacro %}
