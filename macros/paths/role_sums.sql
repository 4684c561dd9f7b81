{#
    Sums of roles, from which reports are added up. Each row of a roles fact counts by itself, so
    sums of types add up to groups, and those of values of a dimension to whole conversions.
#}

{#
    The measures of `role_sums`, as a mapping of name to type.
    Example: role_measures()['conversions'] -> bigint
#}
{% macro role_measures() -%}
    {%- set measures = {} -%}
    {%- for name in [
        'conversions', 'assisted_conversions', 'assist_only_conversions', 'last_conversions',
        'first_conversions', 'sole_conversions', 'introduced_conversions',
        'nurtured_conversions', 'accompanied_conversions'
    ] -%}
        {%- do measures.update({name: 'bigint'}) -%}
    {%- endfor -%}
    {%- for name in ['assisted_value', 'last_value', 'first_value', 'sole_value'] -%}
        {%- do measures.update({name: 'decimal(18, 4)'}) -%}
    {%- endfor -%}
    {{ return(measures) }}
{%- endmacro %}


{#
    The query of a table of sums: one row per value of the keys.
    Arguments: assisted, name of a relation in the columns of a roles fact; keys, list of its
    columns.
    Example: role_sums('assisted', ['conversion_type', 'channel'])
#}
{% macro role_sums(assisted, keys) -%}
select
    {{ keys | join(',\n    ') }},

    {{ shown_role_counts() | indent(4) }},
    -- Conversions that it closed and others took part in: closed in sum, each stands once.
    count(case when is_last and touch_count < path_length then 1 end) as accompanied_conversions,
    cast(sum(case when is_sole then conversion_value else 0 end) as decimal(18, 4)) as sole_value
from {{ assisted }}
group by
    {{ keys | join(',\n    ') }}
{%- endmacro %}


{# The measures that a report shows, as aggregates over rows of a roles fact. #}
{% macro shown_role_counts() -%}
{{ role_counts() }},
count(case when is_first and not is_sole then 1 end) as introduced_conversions,
count(case when not is_first and not is_last then 1 end) as nurtured_conversions
{%- endmacro %}


{#
    Sums added up over fewer keys.
    Arguments: sums, name of a relation; keys, columns of it; measures, mapping of name to type.
    Example: added_up('sums', ['channel'], role_measures())
#}
{% macro added_up(sums, keys, measures) -%}
select
    {{ keys | join(',\n    ') }},
    {%- for name, type in measures.items() %}
    cast(sum({{ name }}) as {{ type }}) as {{ name }}{{ ',' if not loop.last }}
    {%- endfor %}
from {{ sums }}
group by
    {{ keys | join(',\n    ') }}
{%- endmacro %}


{#
    Rows of conversion types once per conversion group that the type is in.
    Arguments: rows, conversion_groups: relations or names of CTEs.
    Example: each_group('sums', ref('assisted_conversions', 'int_conversion_groups'))
#}
{% macro each_group(rows, conversion_groups) -%}
select
    conversion_groups.conversion_group,
    grouped_rows.*
from {{ rows }} as grouped_rows
inner join {{ conversion_groups }} as conversion_groups
    on grouped_rows.conversion_type = conversion_groups.conversion_type
{%- endmacro %}
