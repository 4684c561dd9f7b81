{# The segments of conversions that reports compare. #}

{#
    The columns of fct_conversions that hold a segment, in a list.
    Example: segment_columns()[1] -> device_type
#}
{% macro segment_columns() -%}
    {{ return([
        'is_new_visitor', 'device_type', 'country', 'audience', 'product_category', 'plan_tier',
        'lead_stage'
    ]) }}
{%- endmacro %}


{#
    Rows once per segment: its name, and the row's value of it.
    Arguments: rows, name of a relation with `segment_columns`.
    Example: each_segment('conversions')
#}
{% macro each_segment(rows) -%}
select
    {{ rows }}.* {{ except_columns(segment_columns()) }},
    segments.segment,
    case segments.segment
        {%- for column in segment_columns() %}
        {%- if column == 'is_new_visitor' %}
        when 'new_or_returning' then case when {{ column }} then 'new' else 'returning' end
        {%- else %}
        when '{{ column }}' then {{ column }}
        {%- endif %}
        {%- endfor %}
    end as segment_value
from {{ rows }}
cross join (
    {%- for column in segment_columns() %}
    select '{{ 'new_or_returning' if column == 'is_new_visitor' else column }}' as segment
    {{ 'union all' if not loop.last }}
    {%- endfor %}
) as segments
{%- endmacro %}
