{# Sail 0.7 has no `alter table ... change column ... set not null`, which dbt-spark asks for each
   Delta table with a contract. #}
{% macro spark__alter_column_set_constraints(relation, column_dict) -%}
{%- endmacro %}
