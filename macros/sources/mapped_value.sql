{# A value that a setting gives for a name, in any letter case. Arguments: names, expressions of which one
   may be the name; mapping, of names to values; otherwise, an expression for names that it lacks.
   Example: mapped_value(['stage_id', 'label'], {'closedwon': 'customer'}, 'label') #}
{% macro mapped_value(names, mapping, otherwise) -%}
    {%- if not mapping -%}{{ return(otherwise) }}{%- endif -%}
    case
        {%- for name, value in mapping.items() %}
        when {{ quoted_list([name | lower]) }} in (lower({{ names | join('), lower(') }})) then {{ quoted_list([value]) }}
        {%- endfor %}
        else {{ otherwise }}
    end
{%- endmacro %}
