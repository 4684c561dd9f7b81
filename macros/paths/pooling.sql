{# A condition on a group of rows: it has at least as many persons as the setting
   `min_group_size` asks for. Reports show smaller groups together under one name. Without a
   minimum the condition is simply true, so that nothing has to be counted.
   Example: having not {{ enough_persons('conversions.person_id') }} #}
{% macro enough_persons(person_id) -%}
    {%- if setting('min_group_size') > 1 -%}
    (count(distinct {{ person_id }}) >= {{ setting('min_group_size') }})
    {%- else -%} (true) {%- endif -%}
{%- endmacro %}

{# A cheap condition that all groups of rows with too few persons meet, and few others: they have
   fewer conversions than so many persons may have made. Counting everybody takes far longer.
   Example: where {{ may_lack_persons('role_counts.conversions') }} #}
{% macro may_lack_persons(conversions) -%}
    {%- set persons = '(select count(*) as conversions from '
        ~ ref('assisted_conversions', 'fct_conversions') ~ ' group by person_id)' -%}
    {%- if setting('min_group_size') > 1 -%}
    {{ conversions }} < {{ setting('min_group_size') }}
    * (select max(persons.conversions) from {{ persons }} as persons)
    {%- else -%} false {%- endif -%}
{%- endmacro %}

{# The roles of several values of a dimension taken together, as columns of one row per
   conversion: a pool takes part in a conversion once, however many of its values do. Arguments:
   roles, name of a relation in the columns of a roles fact, grouped by conversion.
   Example: select channel, conversion_key, pooled_roles('roles') group by channel, conversion_key #}
{% macro pooled_roles(roles) -%}
{%- set is_assist = dbt.bool_or(roles ~ '.is_assist') | trim -%}
{%- set is_last = dbt.bool_or(roles ~ '.is_last') | trim -%}
{%- set value = 'max(' ~ roles ~ '.conversion_value)' -%}
{{ is_assist }} as is_assist,
{{ is_assist }} and not {{ is_last }} as is_assist_only,
{{ is_last }} as is_last,
{{ dbt.bool_or(roles ~ '.is_first') | trim }} as is_first,
{{ dbt.bool_or(roles ~ '.is_sole') | trim }} as is_sole,
{{ value }} as conversion_value,
case when {{ is_assist }} then {{ value }} else 0 end as assisted_value,
case when {{ is_last }} then {{ value }} else 0 end as last_value
{%- endmacro %}
