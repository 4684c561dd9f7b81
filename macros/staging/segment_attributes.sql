{# The columns of raw conversions that are passed through to facts and segments as they are: four
   of our own and those of setting `pass_through_columns`.
   Example: segment_attributes()[0] -> product_category #}
{% macro segment_attributes() -%}
    {{ return(
        ['product_category', 'plan_tier', 'lead_stage', 'audience']
        + setting('pass_through_columns')
    ) }}
{%- endmacro %}
