{#
    Counts and values of roles, as aggregates over rows of a roles fact.
    Example: select channel, role_counts() from fct_assisted_conversions group by channel
#}
{% macro role_counts() -%}
count(*) as conversions,
count(case when is_assist then 1 end) as assisted_conversions,
count(case when is_assist_only then 1 end) as assist_only_conversions,
count(case when is_last then 1 end) as last_conversions,
count(case when is_first then 1 end) as first_conversions,
count(case when is_sole then 1 end) as sole_conversions,
cast(sum(assisted_value) as decimal(18, 4)) as assisted_value,
cast(sum(last_value) as decimal(18, 4)) as last_value,
cast(sum(case when is_first then conversion_value else 0 end) as decimal(18, 4)) as first_value
{%- endmacro %}
