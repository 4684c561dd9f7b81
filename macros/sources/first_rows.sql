{# Of the rows with one key the first, as a query in brackets; rows without a key all stay, for staging
   to reject. Arguments: relation; key and order_by, names of columns.
   Example: select id from {{ first_rows(relation, 'id', 'received_at') }} as calls #}
{% macro first_rows(relation, key, order_by) -%}
(
    select * from (
        select
            sent.*,
            row_number() over (partition by {{ key }} order by {{ order_by }}) as row_rank
        from {{ relation }} as sent
    ) as sent
    where row_rank = 1 or {{ key }} is null
)
{%- endmacro %}
