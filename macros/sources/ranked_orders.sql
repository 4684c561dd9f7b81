{# Conversions with the place of each among those that one buyer sent of an order, as order_rank, and
   with known_value and known_currency, those of the first of the order that has a value. Conversions
   without an order have their own. Arguments: conversions, a name; value and currency, columns; buyer,
   a list of columns; sent, a list of columns that say which is the first.
   Example: ranked_orders('conversions', 'value', 'currency', ['user_id'], ['occurred_at', 'id']) #}
{% macro ranked_orders(conversions, value, currency, buyer, sent) -%}
    {%- set own_key = 'case when order_id is null then ' ~ sent[-1] ~ ' end' -%}
select
    {{ conversions }}.*,
    row_number() over (
        partition by conversion_type, order_id, {{ buyer | join(', ') }}
        order by {{ sent | join(', ') }}
    ) as order_rank,
    {%- for column in [value, currency] %}
    first_value({{ column }}) over (
        partition by conversion_type, order_id, {{ own_key }}
        order by case when {{ value }} is null then 1 else 0 end, {{ sent | join(', ') }}
        rows between unbounded preceding and current row
    ) as known_{{ ['value', 'currency'][loop.index0] }}
    {{- ',' if not loop.last }}
    {%- endfor %}
from {{ conversions }}
{%- endmacro %}
