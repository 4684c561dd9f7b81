{# What `assists_report` is made from. #}

{#
    Conversions once per conversion group, with whether any channel assists only.
    Arguments: conversions, assisted, conversion_groups: relations of fct_conversions,
    fct_assisted_conversions, int_conversion_groups.
    Example: grouped_conversions(
        ref('fct_conversions'), ref('fct_assisted_conversions'), ref('int_conversion_groups')
    )
#}
{% macro grouped_conversions(conversions, assisted, conversion_groups) -%}
select
    conversion_groups.conversion_group,
    conversions.*,
    with_assist_only.conversion_key is not null as is_assist_only
from {{ conversions }} as conversions
inner join {{ conversion_groups }} as conversion_groups
    on conversions.conversion_type = conversion_groups.conversion_type
left join (
    select distinct conversion_key
    from {{ assisted }}
    where is_assist_only
) as with_assist_only
    on conversions.conversion_key = with_assist_only.conversion_key
{%- endmacro %}


{#
    The rows of a roles fact once per conversion group, and per segment where there are.
    Arguments: conversions, name of a CTE of grouped conversions; assisted, relation of the roles
    fact; keys, columns of conversions that split a group; dimensions, columns of the fact.
    Example: grouped_parts('conversions', ref('fct_assisted_conversions'), [], ['channel'])
#}
{% macro grouped_parts(conversions, assisted, keys, dimensions) -%}
select
    {%- for column in ['conversion_group', 'conversion_key', 'person_id'] + keys %}
    conversions.{{ column }},
    {%- endfor %}
    {%- for dimension in dimensions %}
    assisted.{{ dimension }},
    {%- endfor %}
    assisted.is_assist,
    assisted.is_assist_only,
    assisted.is_last,
    assisted.is_first,
    assisted.is_sole,
    assisted.conversion_value,
    assisted.assisted_value,
    assisted.last_value
from {{ conversions }} as conversions
inner join {{ assisted }} as assisted
    on conversions.conversion_key = assisted.conversion_key
{%- endmacro %}


{#
    A condition: the columns of two relations are equal, null being a value like any other.
    Example: same_values('counted', 'costs', ['channel', 'campaign'])
#}
{% macro same_values(left, right, columns) -%}
{%- for column in columns -%}
{{ left }}.{{ column }} is not distinct from {{ right }}.{{ column }}
{{- '\nand ' if not loop.last }}
{%- endfor -%}
{%- endmacro %}


{#
    The whole cost of all days per dimension, with a (total) row. Spend has no conversion type and
    no segment: each shows a dimension's whole cost.
    Arguments: ad_spend, relation of fct_ad_spend_daily; dimensions, list of its columns.
    Example: total_costs(ref('fct_ad_spend_daily'), ['channel'])
#}
{% macro total_costs(ad_spend, dimensions) -%}
select
    {{ dimensions | join(',\n    ') }},
    sum(cost) as cost
from {{ ad_spend }}
group by
    {{ dimensions | join(',\n    ') }}
union all
select
    '(total)' as {{ dimensions[0] }},
    {%- for dimension in dimensions[1:] %}
    null as {{ dimension }},
    {%- endfor %}
    sum(cost) as cost
from {{ ad_spend }}
{%- endmacro %}
