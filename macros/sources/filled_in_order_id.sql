{# An order id; null where it is a word that says there is none. Shops that fail to fill in the id send
   the same word for every order. The query joins `junk_ids` on the lower-case id.
   Example: filled_in_order_id('orders.order_id') #}
{% macro filled_in_order_id(order_id) -%}
    case
        when junk_ids.junk_id is null and lower({{ order_id }}) != 'null' then {{ order_id }}
    end
{%- endmacro %}
