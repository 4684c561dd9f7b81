{# Columns for orders that are sent several times, in a select list: order_rank, 1 in the first row of a
   buyer, and first_<column>, the first value that was sent, for each of `values`. A server and a browser
   that send one order know the buyer by two ids: both rows stay, and the project makes one conversion of
   them. Needs conversion_type, order_key and lacks_value. Arguments: buyer, the columns of its ids;
   order_by, columns; values, columns. #}
{% macro order_ranks(buyer, order_by, values) -%}
    row_number() over (
        partition by conversion_type, order_key, {{ buyer | join(', ') }}
        order by {{ order_by | join(', ') }}
    ) as order_rank,
    {%- for column in values %}
    first_value({{ column }}) over (
        partition by conversion_type, order_key order by lacks_value, {{ order_by | join(', ') }}
        rows between unbounded preceding and current row
    ) as first_{{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
{%- endmacro %}
