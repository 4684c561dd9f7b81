{# The query of a uniqueness test: keys that more than one row of a table has. Generic tests
   would read a table of the same name in an installing project, since dbt lets them name no
   package. Arguments: relation; columns, list of those that name a row.
   Example: repeated_keys(ref('assisted_conversions', 'fct_conversions'), ['conversion_key']) #}
{% macro repeated_keys(relation, columns) -%}
select
    {{ columns | join(',\n    ') }},
    count(*) as row_count
from {{ relation }}
group by
    {{ columns | join(',\n    ') }}
having count(*) > 1
{%- endmacro %}
