{# The data-driven models that credit single touches. Returns a list, empty where the data-driven
   models are switched off.
   Example: data_driven_touch_models() -> ['markov_touch', 'shapley_touch'] #}
{% macro data_driven_touch_models() -%}
    {{ return(['markov_touch', 'shapley_touch'] if setting('data_driven') else []) }}
{%- endmacro %}

{# All models that credit single touches: the rule models and those above. Returns a list.
   Example: {% for model in touch_models() %}credit_{{ model }}{% endfor %} #}
{% macro touch_models() -%} {{ return(rule_models() + data_driven_touch_models()) }} {%- endmacro %}

{# A figure that has a column for each model: that of the model in the column attribution_model.
   Example: figure_of_model('credit', touch_models()) #}
{% macro figure_of_model(figure, models) -%}
case attribution_model
    {%- for model in models %} when '{{ model }}' then {{ figure }}_{{ model }} {%- endfor %}
end
{%- endmacro %}
