{# The value that a setting gives for a name, in any letter case. Arguments: names, an expression, or a
   list of expressions that may hold the name; mapping, of names to values; otherwise, what a name that is
   not in the mapping becomes, null by default.
   Example: mapped_value(['stage_id', 'label'], {'closedwon': 'customer'}, 'label') #}
{% macro mapped_value(names, mapping, otherwise=none) -%}
    {%- set names = [names] if names is string else names -%}
    {%- set otherwise = quote_text(none) if otherwise is none else otherwise -%}
    {%- if not mapping -%}{{ return(otherwise) }}{%- endif -%}
    case
        {%- for name, value in mapping.items() %}
        when {{ quoted_list([name | string | lower]) }} in (lower({{ names | join('), lower(') }}))
            then {{ quoted_list([value]) }}
        {%- endfor %}
        else {{ otherwise }}
    end
{%- endmacro %}
