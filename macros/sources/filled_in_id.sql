{# The id of an order, null if it is a junk id: shops that fail to fill it in send the same word for every
   order. Goes with a left join of `junk_ids` on the id in lower case. #}
{% macro filled_in_id(expression) -%}
    case
        when junk_ids.junk_id is null and lower({{ expression }}) != 'null' then {{ expression }}
    end
{%- endmacro %}
