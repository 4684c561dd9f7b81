{# The names of the rule models, in the order of their columns. Returns a list.
   Example: {% for model in rule_models() %}credit_{{ model }}{% endfor %} #}
{% macro rule_models() -%}
    {{ return([
        'first_touch', 'last_touch', 'first_paid_touch', 'last_paid_touch', 'last_non_direct',
        'linear', 'position_based', 'j_shaped', 'inverse_j', 'time_decay', 'w_shaped', 'full_path'
    ]) }}
{%- endmacro %}
