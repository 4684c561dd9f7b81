{# The roles that a channel, campaign or page has in a conversion, as aggregates over its touches
   on the path. Arguments: touches, alias of rows of fct_conversion_touches.
   Example: select conversion_key, channel, {{ role_flags('touches') }} from ... group by 1, 2 #}
{% macro role_flags(touches) -%}
{{ dbt.bool_or(touches ~ '.is_assist') }} as is_assist,
{{ dbt.bool_or(touches ~ '.is_last_touch') }} as is_last,
{{ dbt.bool_or(touches ~ '.is_first_touch') }} as is_first,
{{ dbt.bool_or('not ' ~ touches ~ '.is_first_touch and not ' ~ touches ~ '.is_last_touch') }}
    as is_nurture,
count(*) as touch_count,
count(case when {{ touches }}.is_assist then 1 end) as assist_touch_count,
min({{ touches }}.touch_position) as first_position,
max({{ touches }}.touch_position) as last_position,
min({{ touches }}.path_length) as path_length
{%- endmacro %}

{# The columns of a roles fact from those of `role_flags` and of the conversion. Arguments:
   roles, conversions: aliases. #}
{% macro role_columns(roles, conversions) -%}
{{ roles }}.is_assist,
{{ roles }}.is_assist and not {{ roles }}.is_last as is_assist_only,
{{ roles }}.is_last,
{{ roles }}.is_first,
{{ roles }}.is_nurture,
{{ roles }}.path_length = 1 as is_sole,

{{ conversions }}.conversion_value,
{{ roles }}.touch_count,
{{ roles }}.assist_touch_count,
{{ roles }}.first_position,
{{ roles }}.last_position,
{{ roles }}.path_length,
case when {{ roles }}.is_assist then {{ conversions }}.conversion_value else 0 end
    as assisted_value,
case when {{ roles }}.is_last then {{ conversions }}.conversion_value else 0 end as last_value
{%- endmacro %}
