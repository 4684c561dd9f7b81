-- Grain: one row per conversion and channel in the longest window of var
-- `sensitivity_lookback_days`; and per window, where path rules make each a path of its own.
-- From which window on the channel assists and closes. All windows come from one join.
{%- set each_is_a_path = path_rule_steps('touches', 'path').steps or setting('count_views') %}
{{ rebuilt_by('person_id', 'int_changed_persons') }}
with

touches as (

    select * from {{ only_changed('int_sensitivity_touches') }}

),

{% if each_is_a_path -%}
lookbacks as (

    {{ sensitivity_lookbacks() | indent(4) }}

),

{% endif -%}
final as (

    {% if each_is_a_path -%}
    {{ window_roles_of_each_path('touches', 'lookbacks') | indent(4) }}
    {%- else -%}
    {{ window_roles_of_all_touches('touches') | indent(4) }}
    {%- endif %}

)

select * from final
