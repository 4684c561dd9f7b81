{# The month as text, `2026-05`. Example: month_name('conversion_date') #}
{% macro month_name(date) -%}
    substr(cast({{ date }} as {{ dbt.type_string() }}), 1, 7)
{%- endmacro %}

{# The Monday of the ISO week. Example: week_start_date('conversion_date') #}
{% macro week_start_date(date) -%} cast({{ dbt.date_trunc('week', date) }} as date) {%- endmacro %}
