{# Counts and values of roles as columns. The four macros return the same columns in the same
   order, so that their rows can be combined with `union all`. #}

{# Over the rows of a roles fact: one per conversion and value of a dimension.
   Example: select roles.channel, role_counts('roles') from roles group by roles.channel #}
{% macro role_counts(roles) -%}
count(*) as conversions,
count(case when {{ roles }}.is_assist then 1 end) as assisted_conversions,
count(case when {{ roles }}.is_assist_only then 1 end) as assist_only_conversions,
count(case when {{ roles }}.is_last then 1 end) as last_conversions,
count(case when {{ roles }}.is_first then 1 end) as first_conversions,
count(case when {{ roles }}.is_sole then 1 end) as sole_conversions,
count(case when {{ roles }}.is_first and not {{ roles }}.is_sole then 1 end)
    as introduced_conversions,
count(case when not {{ roles }}.is_first and not {{ roles }}.is_last then 1 end)
    as nurtured_conversions,
{{ sum_of_amounts(roles ~ '.assisted_value') }} as assisted_value,
{{ sum_of_amounts(roles ~ '.last_value') }} as last_value,
{{ sum_of_amounts(
    'case when ' ~ roles ~ '.is_first then ' ~ roles ~ '.conversion_value else 0 end'
) }} as first_value
{%- endmacro %}

{# Over rows that hold these counts already, of days or of conversion types.
   Example: select performance.channel, sums_of_role_counts('performance') from performance ... #}
{% macro sums_of_role_counts(counts) -%}
cast(sum({{ counts }}.conversions) as bigint) as conversions,
{% for role in [
    'assisted', 'assist_only', 'last', 'first', 'sole', 'introduced', 'nurtured'
] -%}
cast(sum({{ counts }}.{{ role }}_conversions) as bigint) as {{ role }}_conversions,
{% endfor -%}
{% for role in ['assisted', 'last', 'first'] -%}
{{ sum_of_amounts(counts ~ '.' ~ role ~ '_value') }} as {{ role }}_value
{{- ',\n' if not loop.last }}
{%- endfor %}
{%- endmacro %}

{# Of what takes part in no conversion: zeros. Example: select costs.channel, no_role_counts() #}
{% macro no_role_counts() -%}
{% for role in [
    '', 'assisted_', 'assist_only_', 'last_', 'first_', 'sole_', 'introduced_', 'nurtured_'
] -%}
0 as {{ role }}conversions,
{% endfor -%}
{% for role in ['assisted', 'last', 'first'] -%}
0 as {{ role }}_value
{{- ',\n' if not loop.last }}
{%- endfor %}
{%- endmacro %}

{# Over the rows of fct_conversions, so that each conversion counts once. Every conversion with a
   path has a first and a last touch. Introduced and nurtured conversions are null: they describe
   a channel or campaign, not a whole conversion.
   Arguments: conversions, name of the relation; has_assist_only, a condition that is true if
   something on the path assists without closing.
   Example: whole_conversion_counts('conversions', 'conversions.channel_count > 1') #}
{% macro whole_conversion_counts(conversions, has_assist_only) -%}
{%- set value_if_assisted = 'case when ' ~ conversions ~ '.is_assisted then ' ~ conversions
    ~ '.conversion_value else 0 end' -%}
{%- set value_with_path = value_if_assisted | replace('is_assisted', 'is_attributed') -%}
count(*) as conversions,
count(case when {{ conversions }}.is_assisted then 1 end) as assisted_conversions,
count(case when {{ has_assist_only }} then 1 end) as assist_only_conversions,
count(case when {{ conversions }}.is_attributed then 1 end) as last_conversions,
count(case when {{ conversions }}.is_attributed then 1 end) as first_conversions,
count(case when {{ conversions }}.path_length = 1 then 1 end) as sole_conversions,
cast(null as bigint) as introduced_conversions,
cast(null as bigint) as nurtured_conversions,
{{ sum_of_amounts(value_if_assisted) }} as assisted_value,
{{ sum_of_amounts(value_with_path) }} as last_value,
{{ sum_of_amounts(value_with_path) }} as first_value
{%- endmacro %}
