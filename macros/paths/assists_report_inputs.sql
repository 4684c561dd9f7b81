{# What `assists_report` is made from. #}

{#
    Sums of roles per conversion group.
    Arguments: sums, relation of a table of `role_sums`; conversion_groups, relation of
    int_conversion_groups; keys, columns of sums beside the type.
    Example: grouped_role_sums(
        ref('assisted_conversions', 'int_channel_role_sums'), ref('assisted_conversions', 'int_conversion_groups'), ['channel']
    )
#}
{% macro grouped_role_sums(sums, conversion_groups, keys) -%}
{%- set grouped -%}
    (
        {{ each_group(sums, conversion_groups) | indent(8) }}
    )
{%- endset -%}
{{ added_up(grouped ~ ' as grouped', ['conversion_group'] + keys, role_measures()) }}
{%- endmacro %}


{#
    The number of conversions without a path, per conversion group.
    Arguments: conversions, conversion_groups: relations of fct_conversions and
    int_conversion_groups.
    Example: unattributed_conversions(ref('assisted_conversions', 'fct_conversions'), ref('assisted_conversions', 'int_conversion_groups'))
#}
{% macro unattributed_conversions(conversions, conversion_groups) -%}
select
    conversion_groups.conversion_group,
    count(*) as conversions
from {{ conversions }} as conversions
inner join {{ conversion_groups }} as conversion_groups
    on conversions.conversion_type = conversion_groups.conversion_type
where not conversions.is_attributed
group by conversion_groups.conversion_group
{%- endmacro %}


{#
    The rows of a roles fact once per conversion group, and per segment where there are.
    Arguments: conversions, name of a CTE of conversions by group; assisted, relation of the roles
    fact; keys, columns of conversions that split a group; dimensions, columns of the fact.
    Example: grouped_parts('conversions', ref('assisted_conversions', 'fct_assisted_conversions'), [], ['channel'])
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
    assisted.is_last,
    assisted.is_first,
    assisted.is_sole,
    assisted.conversion_value
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
    Example: total_costs(ref('assisted_conversions', 'fct_ad_spend_daily'), ['channel'])
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
