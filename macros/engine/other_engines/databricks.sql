{# What differs on Databricks from Spark, whose page it reads otherwise. Each macro is described where
   it is dispatched, in macros/engine. #}

{# Hashes, as in hashes.sql: a warehouse puts no variables into statements. #}
{% macro databricks__salted_hash(expression) -%} sha2({{ expression }}, 256) {%- endmacro %}
{% macro databricks__check_email_salt(problems) -%} {% do default__check_email_salt(problems) %} {%- endmacro %}

{# Time, as in time.sql. dbt's own macros for Databricks ask the warehouse for its version. #}
{% macro databricks__later_date(date, number, unit) -%}
    cast(timestampadd({{ unit }}, {{ number }}, {{ date }}) as date)
{%- endmacro %}
{% macro databricks__days_from(start, end) -%} datediff({{ end }}, {{ start }}) {%- endmacro %}
