{# Whether dbt compiles without asking the warehouse anything: `dbt compile --no-introspect`. Every
   raw table then has its declared columns, as text, each rule table one row, which holds the names
   of its columns, and incremental models update what there is, unless the run is a full refresh. #}
{% macro is_offline() -%} {{ return(flags.INTROSPECT == false) }} {%- endmacro %}
